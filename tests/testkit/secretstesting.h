// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QString>
#include <QStringList>

namespace gesso::testkit {

// For tests of a token that a server says back: the token, the one class of nodes the server knows ("%1" is a
// place for words of its own), and a workflow of it.
inline const QByteArray secretToken = "Hunter2-Hunter2-Hunter2";

inline constexpr auto painterCatalog = R"({"Painter": {"input": {"required": {"text": ["STRING", {}]}},
"input_order": {"required": ["text"]}, "output": [], "output_is_list": [], "output_name": [],
"name": "Painter", "display_name": "Painter", "category": "%1", "output_node": true}})";

inline constexpr auto painterWorkflow =
    R"({"1": {"class_type": "Painter", "inputs": {"text": "a castle"}, "_meta": {"title": "Painter"}}})";

// What was found of the token in the files of a folder, hidden ones and subfolders too.
struct SecretSearch {
    int files = 0; // looked at
    QStringList leaks; // those that hold it, as it is or in base64, and those that cannot be read
};

inline SecretSearch searchForSecret(const QString& folder)
{
    SecretSearch search;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        const bool isRead = file.open(QIODevice::ReadOnly);
        const QByteArray content = isRead ? file.readAll() : QByteArray();
        if (!isRead || content.contains(secretToken) || content.contains(secretToken.toBase64())) {
            search.leaks.append(file.fileName());
        }
        ++search.files;
    }
    return search;
}

// The workflow as a file in `folder`; empty if it cannot be written.
inline QString writePainterWorkflow(const QString& folder)
{
    QFile file(folder + QStringLiteral("/castle.json"));
    return file.open(QIODevice::WriteOnly) && file.write(painterWorkflow) > 0 ? file.fileName() : QString();
}

} // namespace gesso::testkit
