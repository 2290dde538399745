// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/systemcolorscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace gesso {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

} // namespace

SystemColorScheme::SystemColorScheme(QObject* parent)
    : QObject(parent)
    , m_paletteIsDark(QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5F)
    , m_dark(m_paletteIsDark)
{
}

bool SystemColorScheme::darkFromPortal(const QVariant& value, bool fallback)
{
    QVariant inner = value;
    // Read() wraps the value in a variant twice.
    for (int depth = 0; depth < 3 && inner.canConvert<QDBusVariant>(); ++depth)
        inner = inner.value<QDBusVariant>().variant();
    bool ok = false;
    const uint scheme = inner.toUInt(&ok);
    if (!ok || scheme == 0 || scheme > 2)
        return fallback;
    return scheme == 1;
}

void SystemColorScheme::ask()
{
    // Without a session bus Qt would try to start one, which may block.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        && qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    read << group << key;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* call) {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (reply.isValid())
            take(QVariant::fromValue(reply.value()));
    });
}

void SystemColorScheme::onSettingChanged(const QString& changedGroup, const QString& changedKey,
                                         const QDBusVariant& value)
{
    if (changedGroup == group && changedKey == key)
        take(QVariant::fromValue(value));
}

void SystemColorScheme::take(const QVariant& value)
{
    const bool dark = darkFromPortal(value, m_paletteIsDark);
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace gesso
