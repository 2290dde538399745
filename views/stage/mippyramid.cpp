// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/mippyramid.h"

#include <QColorSpace>

namespace gesso {

MipPyramidPtr MipPyramid::make(const QImage& image)
{
    auto pyramid = std::make_shared<MipPyramid>();
    QImage full = image;
    full.setDevicePixelRatio(1);
    if (full.colorSpace().isValid() && full.colorSpace() != QColorSpace(QColorSpace::SRgb))
        full.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    pyramid->m_hasAlpha = full.hasAlphaChannel();
    full.convertTo(pyramid->m_hasAlpha ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    pyramid->m_levels.append(full);
    while (qMax(full.width(), full.height()) > 256 && qMin(full.width(), full.height()) > 1) {
        full = full.scaled(full.size() / 2, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        pyramid->m_levels.append(full);
    }
    return pyramid;
}

const QImage& MipPyramid::levelFor(double zoom) const
{
    const double width = size().width() * zoom;
    const double height = size().height() * zoom;
    qsizetype level = 0;
    while (level + 1 < m_levels.size() && m_levels[level + 1].width() >= width
           && m_levels[level + 1].height() >= height)
        ++level;
    return m_levels[level];
}

} // namespace gesso
