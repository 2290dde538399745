// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRect>

class QPainter;

namespace gesso {

class ThemeController;

// How pictures look in lists: filling their place, corners rounded, an accent ring round the chosen one.
struct ThumbnailLook {
    QRect rect; // of the picture, logical
    bool fill = true; // crop to fill; else the whole picture is fitted in
    bool ring = false; // chosen
    bool focus = false; // a second, inner line for the keyboard
    bool hovered = false;
};

void paintThumbnail(QPainter& painter, const ThemeController& theme, const QImage& image,
                    const ThumbnailLook& look);

} // namespace gesso
