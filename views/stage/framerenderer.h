// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/stage/mippyramid.h"
#include "views/stage/viewtransform.h"

#include <QColor>
#include <QFutureWatcher>
#include <QObject>

#include <optional>

namespace gesso {

// Draws the part of a picture that a view shows, off the GUI thread: painting is then one copy. The newest
// request wins; one that is overtaken before it starts is never drawn.
class FrameRenderer : public QObject
{
    Q_OBJECT

public:
    struct Request {
        QImage image; // used when there is no pyramid yet
        MipPyramidPtr pyramid;
        quint64 imageSerial = 0;
        ViewTransform transform;
        QSize viewSize; // device pixels
        QColor checkerLight;
        QColor checkerDark;
        int checkerSize = 8;
        bool sharpPixels = false; // no smoothing when far enlarged
    };
    struct Frame {
        QImage pixels; // size: the part of the view the picture covers, device pixels
        QPoint position; // of pixels in the view
        MipPyramidPtr pyramid;
        quint64 imageSerial = 0;
        ViewTransform transform;
    };

    explicit FrameRenderer(QObject* parent = nullptr);
    ~FrameRenderer() override;

    void request(Request request);
    static Frame render(const Request& request); // pure

Q_SIGNALS:
    void ready(const gesso::FrameRenderer::Frame& frame);

private:
    void startNext();

    QFutureWatcher<Frame> m_watcher;
    std::optional<Request> m_next;
    bool m_busy = false; // until ready() was emitted
};

} // namespace gesso
