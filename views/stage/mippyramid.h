// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QMutex>

#include <memory>

namespace gesso {

// A picture and its halves, so that drawing it small is both smooth and quick. Halves are made when first
// asked for: a preview, shown large and gone after a fifth of a second, needs none. Thread-safe.
class MipPyramid
{
public:
    // Converts to a format that paints fast and to sRGB. Takes milliseconds to a second: never in the GUI
    // thread.
    static std::shared_ptr<const MipPyramid> make(const QImage& image);

    QSize size() const { return m_full.size(); }
    bool hasAlpha() const { return m_full.hasAlphaChannel(); }
    const QImage& full() const { return m_full; }

    // The smallest that still has the detail for `zoom`; none is made smaller than about 256 pixels. May have
    // to make it: not in the GUI thread.
    QImage levelFor(double zoom) const;
    QImage smallest() const; // of those that are made

private:
    QImage m_full;
    mutable QMutex m_mutex;
    mutable QList<QImage> m_halves; // each half as wide and high as the one before
};

using MipPyramidPtr = std::shared_ptr<const MipPyramid>;

} // namespace gesso
