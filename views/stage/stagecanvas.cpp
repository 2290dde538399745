// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/stagecanvas.h"

#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScreen>
#include <QWheelEvent>

#include <cmath>

namespace gesso {

namespace {
constexpr double keyZoom = 1.25;
constexpr double notch = 120; // QWheelEvent: one notch of a mouse wheel
constexpr double keyPan = 64; // logical pixels
} // namespace

StageCanvas::StageCanvas(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("stageCanvas"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Picture"));
    setMinimumSize(120, 90);
    setMouseTracking(false);
    m_paintTimer.setSingleShot(true);
    m_paintTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_paintTimer, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    connect(&m_renderer, &FrameRenderer::ready, this, &StageCanvas::present);
    m_sincePaint.start();
}

void StageCanvas::setImage(const QImage& image)
{
    m_image = image;
    m_pyramid.reset();
    ++m_serial;
    m_transform.setPicture(image.size());
    if (image.isNull()) {
        m_frame = {};
        scheduleUpdate();
    }
    changed();
}

void StageCanvas::setSharpPixels(bool sharp)
{
    if (std::exchange(m_sharpPixels, sharp) != sharp)
        requestFrame();
}

void StageCanvas::setCheckerColors(const QColor& light, const QColor& dark)
{
    m_checkerLight = light;
    m_checkerDark = dark;
    requestFrame();
}

void StageCanvas::setMargin(int logicalPixels)
{
    m_margin = logicalPixels;
    m_transform.setView(QSizeF(size()) * devicePixelRatioF(), m_margin * devicePixelRatioF());
    changed();
}

void StageCanvas::fit()
{
    m_transform.fit();
    changed();
}

void StageCanvas::oneToOne()
{
    m_transform.oneToOne();
    changed();
}

void StageCanvas::toggleFitAt(QPointF logicalPoint)
{
    if (m_transform.mode() != ViewTransform::Mode::Fit) {
        fit();
        return;
    }
    m_transform.zoomAt(toDevice(logicalPoint), 1 / m_transform.zoom());
    m_transform.oneToOne();
    changed();
}

void StageCanvas::zoomBy(double factor)
{
    m_transform.zoomAt(toDevice(QRectF(rect()).center()), factor);
    changed();
}

void StageCanvas::changed()
{
    updateCursor();
    requestFrame();
    Q_EMIT transformChanged();
}

void StageCanvas::requestFrame()
{
    if (m_image.isNull() || size().isEmpty())
        return;
    FrameRenderer::Request request;
    request.image = m_image;
    request.pyramid = m_pyramid;
    request.imageSerial = m_serial;
    request.transform = m_transform;
    request.viewSize = (QSizeF(size()) * devicePixelRatioF()).toSize();
    request.checkerLight = m_checkerLight;
    request.checkerDark = m_checkerDark;
    request.checkerSize = qRound(8 * devicePixelRatioF());
    request.sharpPixels = m_sharpPixels;
    m_renderer.request(std::move(request));
    if (m_frame.imageSerial == m_serial)
        scheduleUpdate(); // move what is there at once; the sharp frame follows
}

void StageCanvas::present(const FrameRenderer::Frame& frame)
{
    if (m_image.isNull())
        return; // cleared meanwhile
    if (frame.imageSerial == m_serial)
        m_pyramid = frame.pyramid;
    m_frame = frame;
    m_frameIsNew = true;
    scheduleUpdate();
}

void StageCanvas::scheduleUpdate()
{
    if (m_paintTimer.isActive())
        return;
    const double rate = screen() ? qMax(30.0, screen()->refreshRate()) : 60.0;
    const auto interval = static_cast<qint64>(1000 / rate);
    const qint64 wait = interval - m_sincePaint.elapsed();
    if (wait <= 0)
        update();
    else
        m_paintTimer.start(static_cast<int>(wait));
}

void StageCanvas::paintEvent(QPaintEvent*)
{
    m_sincePaint.restart();
    if (m_frame.pixels.isNull())
        return;
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    painter.scale(1 / ratio, 1 / ratio);
    if (m_frame.imageSerial != m_serial || m_frame.transform == m_transform) {
        painter.drawImage(m_frame.position, m_frame.pixels);
    } else {
        // Zoomed or panned since: the old frame, moved and stretched, over a coarse picture for what it
        // lacks.
        const QImage coarse = m_frame.pyramid->smallest();
        painter.drawImage(m_transform.target(), coarse, QRectF(coarse.rect()));
        const QRectF before = m_frame.transform.target();
        const QRectF now = m_transform.target();
        const double factor = now.width() / before.width();
        const QPointF topLeft = now.topLeft() + (QPointF(m_frame.position) - before.topLeft()) * factor;
        painter.drawImage(QRectF(topLeft, QSizeF(m_frame.pixels.size()) * factor), m_frame.pixels,
                          QRectF(m_frame.pixels.rect()));
    }
    if (std::exchange(m_frameIsNew, false))
        ++m_framesPainted;
}

void StageCanvas::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const double ratio = devicePixelRatioF();
    m_transform.setView(QSizeF(size()) * ratio, m_margin * ratio);
    changed();
}

bool StageCanvas::event(QEvent* event)
{
    if (event->type() == QEvent::NativeGesture)
        return nativeGesture(static_cast<QNativeGestureEvent*>(event));
    return QWidget::event(event);
}

bool StageCanvas::nativeGesture(QNativeGestureEvent* event)
{
    if (event->gestureType() == Qt::ZoomNativeGesture) {
        m_transform.zoomAt(toDevice(event->position()), 1 + event->value());
        changed();
        return true;
    }
    if (event->gestureType() == Qt::SmartZoomNativeGesture) {
        toggleFitAt(event->position());
        return true;
    }
    return false;
}

void StageCanvas::wheelEvent(QWheelEvent* event)
{
    if (!hasImage()) {
        event->ignore();
        return;
    }
    // A touchpad pans with two fingers, as everywhere; a wheel, or Ctrl, zooms to the cursor.
    const bool touchpad = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    if (touchpad && !event->modifiers().testFlag(Qt::ControlModifier)) {
        m_transform.panBy(toDevice(event->pixelDelta()));
    } else {
        const double notches = event->angleDelta().y() / notch;
        m_transform.zoomAt(toDevice(event->position()), std::pow(keyZoom, notches));
    }
    event->accept();
    changed();
}

void StageCanvas::mousePressEvent(QMouseEvent* event)
{
    setFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        m_dragFrom = event->position();
        updateCursor();
        event->accept();
        return;
    }
    QWidget::mousePressEvent(event);
}

void StageCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragFrom)
        return;
    m_transform.panBy(toDevice(event->position() - *m_dragFrom));
    m_dragFrom = event->position();
    changed();
}

void StageCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    m_dragFrom.reset();
    updateCursor();
    QWidget::mouseReleaseEvent(event);
}

void StageCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && hasImage())
        toggleFitAt(event->position());
}

void StageCanvas::keyPressEvent(QKeyEvent* event)
{
    const double step = keyPan * devicePixelRatioF();
    const bool pans = m_transform.isPannable();
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(keyZoom);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / keyZoom);
        return;
    case Qt::Key_Space:
        m_spaceDown = true;
        updateCursor();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (!pans) {
            Q_EMIT stepRequested(direction);
            return;
        }
        m_transform.panBy({-direction * step, 0});
        changed();
        return;
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_transform.panBy({0, event->key() == Qt::Key_Up ? step : -step});
        changed();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void StageCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceDown = false;
        updateCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void StageCanvas::updateCursor()
{
    if (m_dragFrom && m_transform.isPannable())
        setCursor(Qt::ClosedHandCursor);
    else if (hasImage() && (m_spaceDown || m_transform.isPannable()))
        setCursor(Qt::OpenHandCursor);
    else
        unsetCursor();
}

} // namespace gesso
