// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <utility>

namespace gesso {

// Takes out of a text what tells who somebody is, so that it can be shown to strangers: the home folder
// (→ ~), user and host name, servers' names and addresses, e-mail addresses, secrets. The same name becomes
// the same placeholder everywhere (<server-1>), so that the text can still be followed. The loopback address
// stays: it says nothing.
class Anonymizer
{
public:
    struct Person {
        QString home;
        QString user;
        QString host;

        static Person current();
    };

    explicit Anonymizer(const Person& person = Person::current());

    void hideServer(const QString& host); // its name or address, wherever it stands
    void hideAddress(const QString& address); // the same for the host of "gpu-box:8188", "https://farm/comfy"
    QString clean(const QString& text);

private:
    QString serverName(const QString& host);

    QList<std::pair<QString, QString>> m_names; // longest first
    QHash<QString, QString> m_servers;
};

} // namespace gesso
