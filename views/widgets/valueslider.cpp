// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/valueslider.h"

#include "views/theme/themecontroller.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

namespace gesso {

ValueSlider::ValueSlider(const ThemeController& theme, QWidget* parent)
    : QAbstractSlider(parent)
    , m_theme(theme)
{
    setOrientation(Qt::Horizontal);
    setRange(0, resolution);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ValueSlider::setFraction(double fraction)
{
    const QSignalBlocker quiet(this);
    setValue(qRound(qBound(0.0, fraction, 1.0) * resolution));
    update();
}

bool ValueSlider::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractSlider::event(event);
}

void ValueSlider::dragTo(double x)
{
    double fraction = qBound(0.0, x / qMax(1, width()), 1.0);
    if (layoutDirection() == Qt::RightToLeft)
        fraction = 1 - fraction;
    setFraction(fraction);
    Q_EMIT fractionDragged(fraction);
}

void ValueSlider::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    setSliderDown(true);
    dragTo(event->position().x());
}

void ValueSlider::mouseMoveEvent(QMouseEvent* event)
{
    if (isSliderDown())
        dragTo(event->position().x());
}

void ValueSlider::mouseReleaseEvent(QMouseEvent*)
{
    if (!isSliderDown())
        return;
    setSliderDown(false);
    update();
    Q_EMIT dragFinished();
}

// The wheel scrolls the form; it never changes a value by accident.
void ValueSlider::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void ValueSlider::paintEvent(QPaintEvent*)
{
    constexpr double bar = 4;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track(0, (height() - bar) / 2, width(), bar);
    painter.setBrush(m_theme.color(ColorToken::Line));
    painter.drawRoundedRect(track, bar / 2, bar / 2);
    QRectF filled = track;
    filled.setWidth(track.width() * value() / resolution);
    if (layoutDirection() == Qt::RightToLeft)
        filled.moveRight(track.right());
    const bool lively = isEnabled() && (underMouse() || isSliderDown());
    painter.setBrush(m_theme.color(lively ? ColorToken::Accent : ColorToken::TextMuted));
    painter.drawRoundedRect(filled, bar / 2, bar / 2);
}

} // namespace gesso
