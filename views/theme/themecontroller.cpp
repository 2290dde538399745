// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

namespace gesso {

namespace {

const QString choiceKey = QStringLiteral("theme/choice");

ThemeChoice choiceFrom(const QString& text)
{
    if (text == QLatin1String("dark"))
        return ThemeChoice::Dark;
    if (text == QLatin1String("light"))
        return ThemeChoice::Light;
    return ThemeChoice::System;
}

QString nameOf(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Dark:
        return QStringLiteral("dark");
    case ThemeChoice::Light:
        return QStringLiteral("light");
    case ThemeChoice::System:
        break;
    }
    return QStringLiteral("system");
}

} // namespace

ThemeController::ThemeController(QApplication& app, QSettings& settings, const QString& folder,
                                 QObject* parent)
    : QObject(parent)
    , m_app(app)
    , m_settings(settings)
    , m_folder(folder)
    , m_choice(choiceFrom(settings.value(choiceKey).toString()))
{
    m_app.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    apply();
    connect(&m_system, &SystemColorScheme::changed, this, [this] {
        if (m_choice == ThemeChoice::System)
            apply();
    });
    m_system.ask();
}

QString ThemeController::builtInFolder()
{
    return QStringLiteral(":/gesso/themes");
}

void ThemeController::setChoice(ThemeChoice choice)
{
    m_settings.setValue(choiceKey, nameOf(choice));
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

bool ThemeController::wantsDark() const
{
    return m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_system.isDark());
}

void ThemeController::apply()
{
    const QString name = wantsDark() ? QStringLiteral("/dark") : QStringLiteral("/light");
    Result<Theme> loaded = Theme::load(m_folder + name);
    m_error.reset();
    if (!loaded) {
        m_error = loaded.error();
        loaded = Theme::load(builtInFolder() + name);
    }
    Q_ASSERT(loaded); // the built-in themes are tested
    m_theme = *std::move(loaded);
    m_icons.setTheme(m_theme);
    // Cleared first: Qt keeps stale palette() colours otherwise.
    m_app.setStyleSheet(QString());
    m_app.setPalette(m_theme.palette());
    m_app.setFont(m_theme.font());
    QToolTip::setPalette(m_theme.palette());
    m_app.setStyleSheet(m_theme.styleSheet());
    Q_EMIT changed();
    if (m_error)
        Q_EMIT failed(*m_error);
}

void setStyleProperty(QWidget* widget, const char* property, const QVariant& value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace gesso
