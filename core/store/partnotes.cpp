// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/partnotes.h"

#include "core/base/json.h"
#include "core/store/filesafety.h"

#include <QCryptographicHash>
#include <QSysInfo>
#include <QUuid>

namespace gesso {

namespace {

constexpr qint64 maxNoteBytes = 4096;

Json bytesAsJson(const QByteArray& bytes)
{
    return toJson(QString::fromLatin1(bytes));
}

QByteArray bytesMember(const Json& note, std::string_view key)
{
    return stringMember(note, key).toLatin1();
}

} // namespace

QString partFileName(const QByteArray& source)
{
    constexpr qsizetype hexDigits = 32;
    const QByteArray name = source.isEmpty()
        ? QUuid::createUuid().toByteArray(QUuid::Id128)
        : QCryptographicHash::hash(source, QCryptographicHash::Sha256).toHex().first(hexDigits);
    return QStringLiteral(".gesso-") + QString::fromLatin1(name) + QStringLiteral(".part");
}

QString noteFileName(const QString& partPath)
{
    return partPath.chopped(QLatin1String("part").size()) + QStringLiteral("json");
}

bool writeNote(const QString& partPath, const FileVersion& version)
{
    const Json note{{"etag", bytesAsJson(version.etag)},
                    {"lastModified", bytesAsJson(version.lastModified)},
                    {"totalBytes", version.totalBytes},
                    {"boot", bytesAsJson(QSysInfo::bootUniqueId())}};
    const QByteArray text = writeJson(note);
    removeNote(partPath);
    QFile file;
    return text.size() <= maxNoteBytes && openNewFile(file, noteFileName(partPath)) == 0
        && writeBytes(file, text) == 0;
}

void removeNote(const QString& partPath)
{
    QFile::remove(noteFileName(partPath));
}

std::optional<FileVersion> readNote(const QString& partPath)
{
    QFile file;
    if (openOwnFile(file, noteFileName(partPath)) != 0) {
        return std::nullopt;
    }
    const Result<Json> note = parseJson(file.read(maxNoteBytes));
    if (!note || bytesMember(*note, "boot") != QSysInfo::bootUniqueId()) {
        return std::nullopt;
    }
    const FileVersion version{bytesMember(*note, "etag"), bytesMember(*note, "lastModified"),
                              intMember(*note, "totalBytes", -1)};
    return version.canBeResumed() ? std::optional(version) : std::nullopt;
}

} // namespace gesso
