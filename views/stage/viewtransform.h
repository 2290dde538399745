// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>

namespace gesso {

// Where a picture stands in a view: pure arithmetic of zoom and pan, in device pixels throughout, so that
// 1 : 1 means one picture pixel on one screen pixel at every display scale.
class ViewTransform
{
public:
    enum class Mode { Fit, OneToOne, Free };

    Mode mode() const { return m_mode; }
    double zoom() const; // device pixels per picture pixel
    QRectF target() const; // the picture's rectangle in the view
    QSize pictureSize() const { return m_picture; }
    bool isPannable() const; // the picture is larger than the view in some direction
    QPointF toPicture(QPointF viewPoint) const;

    void setView(QSizeF view, double margin = 0); // margin: kept free round a fitted picture
    // Another picture in the same place. One of the same shape keeps zoom and place (a preview and its
    // result, two results to compare): a zoomed one keeps its size on screen although a preview has fewer
    // pixels than its result. Another shape is fitted.
    void setPicture(QSize picture);

    void fit();
    void oneToOne();
    void zoomAt(QPointF viewPoint, double factor); // the point under the cursor stays where it is
    void panBy(QPointF delta);

    static constexpr double minZoom = 0.01;
    static constexpr double maxZoom = 64.0;

    bool operator==(const ViewTransform&) const = default;

private:
    double fitZoom() const;
    void clampCentre();

    Mode m_mode = Mode::Fit;
    QSizeF m_view;
    double m_margin = 0;
    QSize m_picture;
    double m_zoom = 1; // used in Free only
    QPointF m_centre{0.5, 0.5}; // the picture's point in the view's middle, 0…1
};

} // namespace gesso
