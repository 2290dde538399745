// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme/theme.h"

#include <QHash>
#include <QIcon>
#include <QStringList>

#include <memory>

namespace gesso {

// The line icons of resources/icons, coloured from the theme in use and drawn from their SVG at every scale.
// An icon handed out earlier follows a change of theme: it only needs a repaint, which changing the sheet
// causes.
class IconSet
{
public:
    IconSet();

    void setTheme(const Theme& theme);

    QStringList names() const;

    // "dices", "folder-open": a file of resources/icons without its ending. A null icon if there is none.
    // Disabled icons are drawn fainter, active and checked ones in the text colour where `color` is
    // TextMuted.
    QIcon icon(const QString& name, ColorToken color = ColorToken::TextMuted) const;

private:
    QHash<QString, QByteArray> m_svgs;
    std::shared_ptr<Theme> m_theme; // shared with the icons handed out
};

} // namespace gesso
