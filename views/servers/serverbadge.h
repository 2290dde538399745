// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

class QMenu;

namespace gesso {

class ServerViewModel;
class ThemeController;

// Which server the window talks to and how that goes: a dot in the tone of its state, its name, its latency.
// Its menu connects elsewhere.
class ServerBadge : public QToolButton
{
    Q_OBJECT

public:
    ServerBadge(ServerViewModel& server, const ThemeController& theme, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    void fillMenu(QMenu& menu); // also used by the menu bar's Server menu

Q_SIGNALS:
    void connectRequested(); // to another server: ask for its address

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showState();
    QString stateText() const; // "4 ms", "demo", "reconnecting …"

    ServerViewModel& m_server;
    const ThemeController& m_theme;
    QString m_shownState;
};

} // namespace gesso
