// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/server/serverprofile.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace gesso {

class ServerViewModel;

// Asks for a server's address and, if it needs one, a token. Stays open until the server has answered and
// says in plain words, under the address, why it did not.
class ConnectDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(ServerViewModel& server, QWidget* parent = nullptr);

private:
    QWidget* createForm();
    QWidget* createRecent();
    void connectNow();
    void showState();
    void say(const QString& text, const QString& tone);
    void checkAddress();
    std::optional<ServerProfile> profile() const; // nothing if the address cannot be one

    ServerViewModel& m_server;
    QLineEdit* m_address = nullptr;
    QLineEdit* m_token = nullptr;
    QLabel* m_result = nullptr;
    QListWidget* m_recent = nullptr;
    QPushButton* m_connect = nullptr;
    QUrl m_wanted; // while waiting for the answer to our own connect
};

} // namespace gesso
