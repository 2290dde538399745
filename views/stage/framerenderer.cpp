// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/framerenderer.h"

#include <QPainter>
#include <QtConcurrentRun>

namespace gesso {

namespace {

void paintChecker(QPainter& painter, const QRect& area, const FrameRenderer::Request& request)
{
    // A texture of two by two fields, fixed to the view so that it does not swim while panning.
    const int size = request.checkerSize;
    QImage tile(2 * size, 2 * size, QImage::Format_RGB32);
    tile.fill(request.checkerLight);
    QPainter tilePainter(&tile);
    tilePainter.fillRect(0, 0, size, size, request.checkerDark);
    tilePainter.fillRect(size, size, size, size, request.checkerDark);
    tilePainter.end();
    painter.fillRect(area, QBrush(tile));
}

} // namespace

FrameRenderer::FrameRenderer(QObject* parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFutureWatcher<Frame>::finished, this, [this] {
        const Frame frame = m_watcher.result();
        m_busy = false;
        // A newer wish starts before the finished frame is handed out, so that both threads are busy.
        startNext();
        Q_EMIT ready(frame);
    });
}

FrameRenderer::~FrameRenderer()
{
    m_watcher.waitForFinished();
}

void FrameRenderer::request(Request request)
{
    m_next = std::move(request);
    if (!m_busy)
        startNext();
}

void FrameRenderer::startNext()
{
    if (!m_next)
        return;
    m_busy = true;
    m_watcher.setFuture(QtConcurrent::run(&FrameRenderer::render, *std::exchange(m_next, std::nullopt)));
}

FrameRenderer::Frame FrameRenderer::render(const Request& request)
{
    Frame frame;
    frame.pyramid = request.pyramid ? request.pyramid : MipPyramid::make(request.image);
    frame.imageSerial = request.imageSerial;
    frame.transform = request.transform;
    const QRectF target = request.transform.target();
    const QRect covered = target.toAlignedRect().intersected(QRect(QPoint(), request.viewSize));
    if (covered.isEmpty())
        return frame;

    frame.position = covered.topLeft();
    frame.pixels =
        QImage(covered.size(),
               frame.pyramid->hasAlpha() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    if (frame.pixels.isNull())
        return frame; // out of memory: the old frame stays
    frame.pixels.fill(Qt::transparent);
    QPainter painter(&frame.pixels);
    painter.translate(-covered.topLeft());
    if (frame.pyramid->hasAlpha())
        paintChecker(painter, covered, request);
    const double zoom = request.transform.zoom();
    const QImage level = frame.pyramid->levelFor(zoom);
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          !qFuzzyCompare(zoom, 1.0) && !(request.sharpPixels && zoom >= 4));
    painter.drawImage(target, level, QRectF(level.rect()));
    return frame;
}

} // namespace gesso
