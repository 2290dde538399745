// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace gesso {

// The mark by which other processes see that this one lives: a file in a shared folder that the system
// unlocks when the process ends, however it ends. Process ids are not used: they come again, and mean nothing
// to another container.
class InstanceMark
{
public:
    explicit InstanceMark(QString folder); // made if it does not exist
    ~InstanceMark(); // gives up the mark
    InstanceMark(const InstanceMark&) = delete;
    InstanceMark& operator=(const InstanceMark&) = delete;

    const QString& id() const { return m_id; }
    bool isSet() const { return m_file.isOpen(); }
    bool set(); // once more, if the disk did not let it

    bool isAlive(const QString& id) const; // another instance
    void remove(const QString& id) const; // what a dead one left
    void removeOld() const; // of instances that died long ago and left nothing else

private:
    QString pathOf(const QString& id) const;

    QString m_folder;
    QString m_id;
    QFile m_file;
};

} // namespace gesso
