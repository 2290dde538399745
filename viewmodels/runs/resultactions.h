// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace gesso {

class NoticeList;
class UserPrompts;

// What can be done with one saved result besides looking at it. Disk work runs off the GUI thread; what goes
// wrong becomes a notice.
class ResultActions : public QObject
{
    Q_OBJECT

public:
    ResultActions(UserPrompts& prompts, NoticeList& notices, QObject* parent = nullptr);

    void copyPicture(const QString& path); // to the clipboard: the pixels, and the file for file managers
    void saveAs(const QString& path); // asks where; a byte-for-byte copy, so the embedded workflow stays
    void openExternally(const QString& path); // what shows or plays; nothing that could be started

Q_SIGNALS:
    void saved(const QString& path); // the copy's path

private:
    void copyTo(const QString& from, const QString& to);

    UserPrompts& m_prompts;
    NoticeList& m_notices;
};

} // namespace gesso
