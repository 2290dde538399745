// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>

#include <memory>

namespace gesso {

// A picture and its halves, so that drawing it small is both smooth and quick. Immutable once made; made and
// read in worker threads.
class MipPyramid
{
public:
    // Converts to a format that paints fast and to sRGB, halves down to about 256 pixels. Takes milliseconds
    // to a second: never in the GUI thread.
    static std::shared_ptr<const MipPyramid> make(const QImage& image);

    QSize size() const { return m_levels.first().size(); }
    bool hasAlpha() const { return m_hasAlpha; }
    const QImage& full() const { return m_levels.first(); }
    const QImage& smallest() const { return m_levels.last(); }
    const QImage& levelFor(double zoom) const; // the smallest that still has the detail for `zoom`

private:
    QList<QImage> m_levels; // never empty
    bool m_hasAlpha = false;
};

using MipPyramidPtr = std::shared_ptr<const MipPyramid>;

} // namespace gesso
