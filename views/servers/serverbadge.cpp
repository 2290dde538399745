// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/servers/serverbadge.h"

#include "viewmodels/servers/connectionwords.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/showntext.h"

#include <QMenu>
#include <QPainter>

namespace gesso {

namespace {

constexpr int dotSide = 8;
constexpr int badgeHeight = 28;
constexpr int longestName = 180;

ColorToken dotColor(const ConnectionStatus& status)
{
    switch (status.state) {
    case ConnectionState::Connected:
        return status.loss.trouble == ConnectionTrouble::Busy ? ColorToken::Warn : ColorToken::Good;
    case ConnectionState::Connecting:
        return ColorToken::Warn;
    case ConnectionState::Reconnecting: // only the person can help
        return status.loss.trouble == ConnectionTrouble::Unauthorized ? ColorToken::Bad : ColorToken::Warn;
    case ConnectionState::Disconnected:
        break;
    }
    return ColorToken::Bad;
}

} // namespace

ServerBadge::ServerBadge(ServerViewModel& server, const ThemeController& theme, QWidget* parent)
    : QToolButton(parent)
    , m_server(server)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("serverBadge"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    auto* menu = new QMenu(this);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenu(*menu);
    });
    setMenu(menu);
    connect(&m_server, &ServerViewModel::changed, this, &ServerBadge::showState);
    connect(&m_server, &ServerViewModel::sessionChanged, this, &ServerBadge::showState);
    connect(&m_theme, &ThemeController::changed, this, qOverload<>(&QWidget::update));
    showState();
}

void ServerBadge::fillMenu(QMenu& menu)
{
    const QString url = m_server.url();
    if (!url.isEmpty()) {
        QAction* where = menu.addAction(shownLabel(url));
        where->setEnabled(false);
        menu.addSeparator();
    }
    menu.addAction(m_theme.icon(QStringLiteral("plug")), tr("Connect to a server …"), this,
                   &ServerBadge::connectRequested);
    const QList<ServerProfile> recent = m_server.recent();
    for (const ServerProfile& profile : recent) {
        if (profile.isDemo || profile.url.toString() == url)
            continue;
        menu.addAction(m_theme.icon(QStringLiteral("server")), shownLabel(profile.name), this,
                       [this, profile] { m_server.connectTo(profile); });
    }
    QAction* demo = menu.addAction(m_theme.icon(QStringLiteral("sparkles")), tr("Use the demo server"), this,
                                   [this] { m_server.connectToDemo(); });
    demo->setEnabled(!m_server.isDemo());
    menu.addSeparator();
    QAction* again = menu.addAction(m_theme.icon(QStringLiteral("refresh-cw")), tr("Reconnect now"), this,
                                    [this] { m_server.reconnectNow(); });
    again->setEnabled(!url.isEmpty() && m_server.state() != ConnectionState::Connected);
}

QString ServerBadge::stateText() const
{
    const ConnectionStatus status = m_server.status();
    if (!m_server.session() && status.state == ConnectionState::Disconnected)
        return {};
    const QString words = shortWords(status);
    if (!words.isEmpty())
        return words;
    if (m_server.isDemo())
        return tr("demo");
    return m_server.latencyMs() >= 0 ? tr("%1 ms").arg(m_server.latencyMs()) : QString();
}

void ServerBadge::showState()
{
    setText(m_server.name().isEmpty() ? tr("No server") : shownText(m_server.name(), longestLine));
    setShortcut({}); // & in a name is no mnemonic; the name is painted as it is
    m_shownState = stateText(); // it may count seconds: what is painted is what there was room made for
    setAccessibleName(tr("Server: %1, %2").arg(text(), m_shownState));
    QStringList lines{text(), m_server.url(), fullWords(m_server.status()), m_server.statusLine()};
    if (m_server.isDemo())
        lines << tr("The built-in server paints pictures for trying Gesso. It is not a diffusion model.");
    lines.removeAll(QString());
    setToolTip(plainToolTip(lines.join(QLatin1Char('\n'))));
    updateGeometry();
    update();
}

QSize ServerBadge::sizeHint() const
{
    const int name = qMin(longestName, fontMetrics().horizontalAdvance(text()));
    const int state = fontMetrics().horizontalAdvance(m_shownState);
    return {space::panel + dotSide + space::small + name + (state > 0 ? space::small + state : 0)
                + space::panel,
            badgeHeight};
}

void ServerBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_theme.color(hasFocus() ? ColorToken::Accent : ColorToken::Line));
    painter.setBrush(
        m_theme.color(underMouse() || isDown() ? ColorToken::BgFieldHover : ColorToken::BgField));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);

    QRectF dot(space::panel, (height() - dotSide) / 2.0, dotSide, dotSide);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(dotColor(m_server.status())));
    painter.drawEllipse(dot);

    int x = space::panel + dotSide + space::small;
    const auto write = [&](const QString& words, ColorToken color, int widest) {
        const QString shown = fontMetrics().elidedText(words, Qt::ElideRight, widest);
        painter.setPen(m_theme.color(color));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
        x += fontMetrics().horizontalAdvance(shown) + space::small;
    };
    write(text(), ColorToken::Text, longestName);
    const bool trouble = !shortWords(m_server.status()).isEmpty();
    write(m_shownState, trouble || m_server.isDemo() ? ColorToken::Warn : ColorToken::TextMuted, width());
}

} // namespace gesso
