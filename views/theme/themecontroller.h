// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/theme/iconset.h"
#include "views/theme/systemcolorscheme.h"
#include "views/theme/theme.h"

#include <QObject>

class QApplication;
class QSettings;

namespace gesso {

enum class ThemeChoice { System, Dark, Light };

// Dresses the application: Fusion style, font, palette and sheet of the theme in use, and hands views its
// colours and icons. The choice is remembered in `settings` under "theme/choice". One per application, made
// by the composition root and passed to views by reference.
class ThemeController : public QObject
{
    Q_OBJECT

public:
    // `folder` holds dark/, light/ and style.qss; a theme that cannot be read leaves the built-in one in
    // place and is told by error() and failed().
    ThemeController(QApplication& app, QSettings& settings, const QString& folder = builtInFolder(),
                    QObject* parent = nullptr);

    static QString builtInFolder();

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

    const Theme& theme() const { return m_theme; }
    QColor color(ColorToken token) const { return m_theme.color(token); }
    int pixels(MetricToken token) const { return m_theme.pixels(token); }
    const IconSet& icons() const { return m_icons; }
    QIcon icon(const QString& name, ColorToken color = ColorToken::TextMuted) const
    {
        return m_icons.icon(name, color);
    }
    std::optional<Error> error() const { return m_error; }

Q_SIGNALS:
    void changed(); // widgets that paint tokens themselves update here; icons follow by themselves
    void failed(const gesso::Error& error);

private:
    void apply();
    bool wantsDark() const;

    QApplication& m_app;
    QSettings& m_settings;
    QString m_folder;
    SystemColorScheme m_system;
    ThemeChoice m_choice = ThemeChoice::System;
    Theme m_theme;
    IconSet m_icons;
    std::optional<Error> m_error;
};

// Sets a dynamic property of the sheet ("role", "tone", "invalid" …) and has the style look again.
void setStyleProperty(QWidget* widget, const char* property, const QVariant& value);

} // namespace gesso
