// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/cache.h"

#include "core/store/atomicwrite.h"
#include "core/store/diskerrors.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

namespace gesso {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::Cache)
};

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

std::optional<QByteArray> readAll(const QString& path, qint64 maxBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > maxBytes) {
        return std::nullopt;
    }
    return file.readAll();
}

} // namespace

Cache::Cache(QString folder, qint64 maxBytes)
    : m_folder(std::move(folder))
    , m_maxBytes(maxBytes)
{
}

std::optional<QByteArray> Cache::get(const QString& name) const
{
    const std::optional<QByteArray> hash = readAll(namePath(name), 64);
    if (!hash) {
        return std::nullopt;
    }
    const QString path = contentPath(*hash);
    std::optional<QByteArray> bytes = readAll(path, m_maxBytes);
    if (!bytes || sha256(*bytes) != *hash) {
        return std::nullopt;
    }
    QFile file(path); // used just now: among the last to be removed
    if (file.open(QIODevice::Append)) {
        file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    }
    return bytes;
}

Result<void> Cache::put(const QString& name, const QByteArray& bytes) const
{
    if (bytes.size() > m_maxBytes) {
        return fail(ErrorKind::TooLarge, Text::tr("It is too large for the cache."));
    }
    const QByteArray hash = sha256(bytes);
    const QString path = contentPath(hash);
    QDir().mkpath(QFileInfo(path).path());
    QDir().mkpath(QFileInfo(namePath(name)).path());
    const std::optional<QByteArray> known = readAll(path, m_maxBytes);
    const bool isKept = (known && *known == bytes) || !writeAtomically(path, bytes);
    if (!isKept || writeAtomically(namePath(name), hash)) {
        return fail(disk::notWritable(m_folder, {}));
    }
    trim(path);
    return {};
}

// Only hex digits reach the disk, whatever the name's file or the caller says.
QString Cache::contentPath(const QByteArray& hash) const
{
    return m_folder + QStringLiteral("/content/") + QString::fromLatin1(QByteArray::fromHex(hash).toHex());
}

QString Cache::namePath(const QString& name) const
{
    return m_folder + QStringLiteral("/names/") + QString::fromLatin1(sha256(name.toUtf8()));
}

void Cache::trim(const QString& keep) const
{
    const QFileInfoList files =
        QDir(m_folder + QStringLiteral("/content"))
            .entryInfoList(QDir::Files | QDir::NoSymLinks, QDir::Time); // newest first
    qint64 total = QFileInfo(keep).size();
    for (const QFileInfo& file : files) {
        if (file.filePath() == keep) {
            continue;
        }
        total += file.size();
        if (total > m_maxBytes) {
            QFile::remove(file.filePath());
        }
    }
}

} // namespace gesso
