// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/layoutkeeper.h"

#include <QCryptographicHash>
#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QSettings>

namespace gesso {

namespace {

const QString geometryKey = QStringLiteral("window/geometry");
const QString stateKey = QStringLiteral("window/state");
constexpr int stateVersion = 1; // raised when the docks change, so that an old state is not forced on them
constexpr int settledMs = 700; // nobody moves a splitter for longer without a pause
constexpr qsizetype sealBytes = 16;

// QMainWindow reads what it wrote itself, and no more than that: one changed byte of its state crashes it,
// one of its geometry makes a window of millions of pixels. Gesso would never start again.
QByteArray sealed(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).first(sealBytes) + bytes;
}

QByteArray unsealed(const QByteArray& bytes)
{
    const QByteArray inner = bytes.mid(sealBytes);
    return bytes == sealed(inner) ? inner : QByteArray();
}

} // namespace

LayoutKeeper::LayoutKeeper(QMainWindow& window, QSettings& settings)
    : QObject(&window)
    , m_window(window)
    , m_settings(settings)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(settledMs);
    connect(&m_delay, &QTimer::timeout, this, &LayoutKeeper::save);
}

bool LayoutKeeper::restoreGeometry()
{
    return m_window.restoreGeometry(unsealed(m_settings.value(geometryKey).toByteArray()));
}

bool LayoutKeeper::restoreDocks()
{
    return m_window.restoreState(unsealed(m_settings.value(stateKey).toByteArray()), stateVersion);
}

void LayoutKeeper::watch()
{
    m_window.installEventFilter(this);
    const QList<QDockWidget*> docks = m_window.findChildren<QDockWidget*>();
    for (QDockWidget* dock : docks) {
        dock->installEventFilter(this);
        const auto changed = qOverload<>(&QTimer::start);
        connect(dock, &QDockWidget::dockLocationChanged, &m_delay, changed);
        connect(dock, &QDockWidget::topLevelChanged, &m_delay, changed);
        connect(dock, &QDockWidget::visibilityChanged, &m_delay, changed);
    }
}

void LayoutKeeper::save()
{
    m_delay.stop();
    if (!m_window.isVisible())
        return; // not laid out yet
    remember(geometryKey, sealed(m_window.saveGeometry()));
    remember(stateKey, sealed(m_window.saveState(stateVersion)));
}

void LayoutKeeper::remember(const QString& key, const QByteArray& value)
{
    if (m_settings.value(key).toByteArray() != value)
        m_settings.setValue(key, value);
}

bool LayoutKeeper::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::WindowStateChange:
        m_delay.start();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace gesso
