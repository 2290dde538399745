// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace gesso {

class ThemeController;

// A button that is an icon; its name is its tooltip and what assistive technology reads.
class IconButton : public QToolButton
{
    Q_OBJECT

public:
    IconButton(const ThemeController& theme, const QString& icon, const QString& name,
               QWidget* parent = nullptr);

    void setSymbol(const QString& icon);
    void setName(const QString& name);
    void setSide(int pixels); // 24 inside fields, 28 elsewhere (default)

private:
    const ThemeController& m_theme;
};

} // namespace gesso
