// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/stage/framerenderer.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QNativeGestureEvent;

namespace gesso {

// The picture: zoom to the cursor, pan, fit, 1 : 1. Paints copies of frames made off-thread, at most one per
// refresh of the screen, and keeps zoom and place from one picture of a run to the next.
class StageCanvas : public QWidget
{
    Q_OBJECT

public:
    explicit StageCanvas(QWidget* parent = nullptr);

    void setImage(const QImage& image); // null: nothing
    bool hasImage() const { return !m_image.isNull(); }
    void setSharpPixels(bool sharp); // results show their pixels when far enlarged, previews stay smooth
    void setCheckerColors(const QColor& light, const QColor& dark); // under what is transparent
    void setMargin(int logicalPixels); // free round a fitted picture

    const ViewTransform& transform() const { return m_transform; }
    quint64 framesPainted() const
    {
        return m_framesPainted;
    } // different frames brought to the screen, for tests

    void fit();
    void oneToOne();
    void toggleFitAt(QPointF logicalPoint); // fitted ↔ 1 : 1 with that point in place
    void zoomBy(double factor); // about the middle

Q_SIGNALS:
    void transformChanged();
    void stepRequested(int direction); // ← → while nothing can be panned: the previous or next result

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;

private:
    bool nativeGesture(QNativeGestureEvent* event);
    void changed(); // the transform did: cursor, frame, signal
    void requestFrame();
    void present(const FrameRenderer::Frame& frame);
    void scheduleUpdate();
    void updateCursor();
    QPointF toDevice(QPointF logical) const { return logical * devicePixelRatioF(); }

    QImage m_image;
    quint64 m_serial = 0;
    MipPyramidPtr m_pyramid; // of m_image, once made
    ViewTransform m_transform;
    FrameRenderer m_renderer;
    FrameRenderer::Frame m_frame;
    QColor m_checkerLight{0xcc, 0xcc, 0xcc};
    QColor m_checkerDark{0x99, 0x99, 0x99};
    int m_margin = 0;
    bool m_sharpPixels = false;
    bool m_spaceDown = false;
    std::optional<QPointF> m_dragFrom;
    QElapsedTimer m_sincePaint;
    QTimer m_paintTimer;
    quint64 m_framesPainted = 0;
    bool m_frameIsNew = false;
};

} // namespace gesso
