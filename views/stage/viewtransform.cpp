// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/viewtransform.h"

#include <algorithm>
#include <cmath>

namespace gesso {

namespace {

// A preview's sides are rounded, to pixels or to the latent's eight.
constexpr double shapeTolerance = 0.02;

double aspect(QSize size)
{
    return double(size.width()) / size.height();
}

} // namespace

double ViewTransform::zoom() const
{
    switch (m_mode) {
    case Mode::Fit:
        return fitZoom();
    case Mode::OneToOne:
        return 1;
    case Mode::Free:
        return m_zoom;
    }
    return 1;
}

QRectF ViewTransform::target() const
{
    const double scale = zoom();
    const QSizeF size(std::max(1.0, std::round(m_picture.width() * scale)),
                      std::max(1.0, std::round(m_picture.height() * scale)));
    const QPointF topLeft(m_view.width() / 2 - m_centre.x() * size.width(),
                          m_view.height() / 2 - m_centre.y() * size.height());
    // Whole device pixels: otherwise a 1 : 1 picture would be resampled by half a pixel.
    return QRectF(QPointF(std::round(topLeft.x()), std::round(topLeft.y())), size);
}

bool ViewTransform::isPannable() const
{
    const QSizeF size = QSizeF(m_picture) * zoom();
    return size.width() > m_view.width() + 0.5 || size.height() > m_view.height() + 0.5;
}

QPointF ViewTransform::toPicture(QPointF viewPoint) const
{
    const QPointF offset = viewPoint - target().topLeft();
    return offset / zoom();
}

void ViewTransform::setView(QSizeF view, double margin)
{
    m_view = view;
    m_margin = margin;
    clampCentre();
}

void ViewTransform::setPicture(QSize picture)
{
    const bool sameShape = !m_picture.isEmpty() && !picture.isEmpty()
        && std::abs(aspect(m_picture) / aspect(picture) - 1) < shapeTolerance;
    if (!sameShape)
        m_mode = Mode::Fit;
    if (m_mode == Mode::Free)
        m_zoom = std::clamp(m_zoom * m_picture.width() / picture.width(), minZoom, maxZoom);
    m_picture = picture;
    clampCentre();
}

void ViewTransform::fit()
{
    m_mode = Mode::Fit;
    clampCentre();
}

void ViewTransform::oneToOne()
{
    m_mode = Mode::OneToOne;
    clampCentre();
}

void ViewTransform::zoomAt(QPointF viewPoint, double factor)
{
    if (m_picture.isEmpty())
        return;
    const QPointF fixed = toPicture(viewPoint);
    m_zoom = std::clamp(zoom() * factor, minZoom, maxZoom);
    m_mode = Mode::Free;
    const QPointF fromMiddle = viewPoint - QPointF(m_view.width() / 2, m_view.height() / 2);
    const QPointF centre = fixed - fromMiddle / m_zoom;
    m_centre = QPointF(centre.x() / m_picture.width(), centre.y() / m_picture.height());
    clampCentre();
}

void ViewTransform::panBy(QPointF delta)
{
    if (m_picture.isEmpty() || !isPannable())
        return;
    const double scale = zoom();
    m_centre -= QPointF(delta.x() / (m_picture.width() * scale), delta.y() / (m_picture.height() * scale));
    clampCentre();
}

double ViewTransform::fitZoom() const
{
    if (m_picture.isEmpty())
        return 1;
    const double width = std::max(1.0, m_view.width() - 2 * m_margin);
    const double height = std::max(1.0, m_view.height() - 2 * m_margin);
    return std::clamp(std::min(width / m_picture.width(), height / m_picture.height()), minZoom, maxZoom);
}

void ViewTransform::clampCentre()
{
    if (m_mode == Mode::Fit || m_picture.isEmpty()) {
        m_centre = {0.5, 0.5};
        return;
    }
    // Centred along an axis it does not fill; else no empty strip at either side.
    const auto clampAxis = [](double centre, double pictureLength, double viewLength) {
        if (pictureLength <= viewLength)
            return 0.5;
        const double half = viewLength / 2 / pictureLength;
        return std::clamp(centre, half, 1 - half);
    };
    const QSizeF size = QSizeF(m_picture) * zoom();
    m_centre = {clampAxis(m_centre.x(), size.width(), m_view.width()),
                clampAxis(m_centre.y(), size.height(), m_view.height())};
}

} // namespace gesso
