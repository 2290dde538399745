// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/mippyramid.h"

#include <QColorSpace>

namespace gesso {
namespace {

constexpr int leastSide = 256; // halving what is no larger saves nothing

bool canHalve(QSize size)
{
    return qMax(size.width(), size.height()) > leastSide && qMin(size.width(), size.height()) > 1;
}

} // namespace

MipPyramidPtr MipPyramid::make(const QImage& image)
{
    auto pyramid = std::make_shared<MipPyramid>();
    QImage& full = pyramid->m_full;
    full = image;
    full.setDevicePixelRatio(1);
    if (full.colorSpace().isValid() && full.colorSpace() != QColorSpace(QColorSpace::SRgb))
        full.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    full.convertTo(full.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    return pyramid;
}

QImage MipPyramid::levelFor(double zoom) const
{
    const QSizeF wanted = QSizeF(size()) * zoom;
    const QMutexLocker lock(&m_mutex);
    QImage level = m_full;
    for (qsizetype half = 0; canHalve(level.size()); ++half) {
        const QSize next = level.size() / 2;
        if (next.width() < wanted.width() || next.height() < wanted.height())
            break;
        if (half == m_halves.size())
            m_halves.append(level.scaled(next, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        level = m_halves.at(half);
    }
    return level;
}

QImage MipPyramid::smallest() const
{
    const QMutexLocker lock(&m_mutex);
    return m_halves.isEmpty() ? m_full : m_halves.last();
}

} // namespace gesso
