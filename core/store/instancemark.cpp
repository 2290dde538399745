// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/instancemark.h"

#include "core/store/filesafety.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>

namespace gesso {

namespace {

constexpr int oldDays = 1;
const QString suffix = QStringLiteral(".alive");

// Ids come from a file that anybody may have written: only ours become a path.
bool isInstanceId(const QString& id)
{
    return id.size() == 32 && std::all_of(id.begin(), id.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

} // namespace

InstanceMark::InstanceMark(QString folder)
    : m_folder(std::move(folder))
    , m_id(QUuid::createUuid().toString(QUuid::Id128))
    , m_file(pathOf(m_id))
{
    set();
}

bool InstanceMark::set()
{
    if (!isSet() && QDir().mkpath(m_folder) && m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        markAsBeingWritten(m_file, m_file.fileName());
    }
    return isSet();
}

InstanceMark::~InstanceMark()
{
    if (m_file.isOpen()) {
        m_file.remove();
    }
}

bool InstanceMark::isAlive(const QString& id) const
{
    return isInstanceId(id) && isBeingWritten(pathOf(id));
}

void InstanceMark::remove(const QString& id) const
{
    if (isInstanceId(id)) {
        QFile::remove(pathOf(id));
    }
}

void InstanceMark::removeOld() const
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDays(-oldDays);
    for (const QFileInfo& file : QDir(m_folder).entryInfoList({u'*' + suffix}, QDir::Files)) {
        if (file.lastModified() < limit && !isBeingWritten(file.absoluteFilePath())) {
            QFile::remove(file.absoluteFilePath());
        }
    }
}

QString InstanceMark::pathOf(const QString& id) const
{
    return m_folder + u'/' + id + suffix;
}

} // namespace gesso
