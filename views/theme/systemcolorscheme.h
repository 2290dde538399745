// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace gesso {

// What the desktop asks for, dark or light. Qt 6.4 has no QStyleHints::colorScheme, so the freedesktop portal
// is asked (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key color-scheme: 1 dark,
// 2 light, 0 no preference); without an answer the lightness of the palette Qt started with decides.
// Never blocks: the answer comes by changed().
class SystemColorScheme : public QObject
{
    Q_OBJECT

public:
    explicit SystemColorScheme(
        QObject* parent = nullptr); // make it before a palette is set on the application

    void ask();
    bool isDark() const { return m_dark; }

    // The meaning of a portal value; `fallback` for 0, unknown numbers and foreign types.
    static bool darkFromPortal(const QVariant& value, bool fallback);

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void take(const QVariant& value);

    bool m_paletteIsDark;
    bool m_dark;
};

} // namespace gesso
