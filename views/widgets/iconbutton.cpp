// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/iconbutton.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"

namespace gesso {

IconButton::IconButton(const ThemeController& theme, const QString& icon, const QString& name,
                       QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
{
    setProperty("role", QStringLiteral("icon"));
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    const int side = theme.pixels(MetricToken::Icon);
    setIconSize(QSize(side, side));
    setSide(theme.pixels(MetricToken::FieldHeight));
    setSymbol(icon);
    setName(name);
}

void IconButton::setSymbol(const QString& icon)
{
    setIcon(m_theme.icon(icon));
}

void IconButton::setName(const QString& name)
{
    setToolTip(plainToolTip(name));
    setAccessibleName(name);
}

void IconButton::setSide(int pixels)
{
    setFixedSize(pixels, pixels);
}

} // namespace gesso
