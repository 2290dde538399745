// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/historyschema.h"

#include "core/store/diskerrors.h"
#include "core/store/filesafety.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace gesso::history {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::HistoryStore)
};

// SQLite's primary result codes (sqlite.org/rescode.html).
enum SqliteCode {
    codePerm = 3,
    codeBusy = 5,
    codeLocked = 6,
    codeReadOnly = 8,
    codeIoError = 10,
    codeCorrupt = 11,
    codeFull = 13,
    codeCantOpen = 14,
    codeTooBig = 18,
    codeNotADatabase = 26,
};

int primaryCode(const QSqlError& error)
{
    return error.nativeErrorCode().toInt() & 0xff; // the rest is the extended code
}

// One list of statements per version: the n-th makes version n + 1 of version n.
QList<QStringList> migrations()
{
    return {{
        QStringLiteral("CREATE TABLE document (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, "
                       "body BLOB NOT NULL)"),
        QStringLiteral(
            "CREATE TABLE run (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, "
            "owner TEXT NOT NULL, server TEXT NOT NULL, client TEXT NOT NULL, phase TEXT NOT NULL, "
            "active INTEGER NOT NULL, title TEXT NOT NULL, created INTEGER NOT NULL, "
            "resubmit_of TEXT NOT NULL, attempt INTEGER NOT NULL, prompt BLOB NOT NULL, "
            "workflow INTEGER REFERENCES document(id), patch_at INTEGER NOT NULL, "
            "patch_cut INTEGER NOT NULL, patch BLOB NOT NULL, request BLOB NOT NULL, "
            "state BLOB NOT NULL)"),
        QStringLiteral("CREATE INDEX run_active ON run (server, owner) WHERE active = 1"),
        QStringLiteral("CREATE TABLE output (path TEXT PRIMARY KEY, run TEXT NOT NULL, item TEXT NOT NULL, "
                       "UNIQUE (run, item)) WITHOUT ROWID"),
    }};
}

// What the system says to as many bytes as a small transaction takes.
int errorOfWriting(QString folder)
{
    while (!QFileInfo::exists(folder) && !QFileInfo(folder).isRoot()) {
        folder = QFileInfo(folder).absolutePath(); // it could not even be made
    }
    constexpr qsizetype probeBytes = 64 * 1024;
    QFile probe;
    const QString path = folder + u"/.room-" + QUuid::createUuid().toString(QUuid::Id128);
    int error = openNewFile(probe, path);
    if (error != 0) {
        return error;
    }
    error = writeBytes(probe, QByteArray(probeBytes, 'x'));
    if (error == 0) {
        error = flushToDisk(probe);
    }
    QFile::remove(path);
    return error;
}

Error fullDisk(const QString& folder, const QString& detail)
{
    return {ErrorKind::DiskFull,
            Text::tr("The disk of %1 is full, so nothing can be added to Gesso's history.")
                .arg(QDir::toNativeSeparators(folder)),
            Text::tr("Make room there, then try again. What is under way goes on, and is added then."),
            detail};
}

Result<int> number(QSqlDatabase& database, const QString& sql)
{
    QSqlQuery query(database);
    if (!query.exec(sql) || !query.next()) {
        return fail(errorFrom(query.lastError()));
    }
    return query.value(0).toInt();
}

Result<void> execAll(QSqlDatabase& database, const QStringList& statements)
{
    for (const QString& statement : statements) {
        QSqlQuery query(database);
        if (!query.exec(statement)) {
            return fail(errorFrom(query.lastError()));
        }
    }
    return {};
}

} // namespace

Result<void> prepareSchema(QSqlDatabase& database)
{
    const Result<int> application = number(database, QStringLiteral("PRAGMA application_id"));
    const Result<int> version = number(database, QStringLiteral("PRAGMA user_version"));
    const Result<int> tables = number(database, QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!application || !version || !tables) {
        return fail(!application ? application.error() : !version ? version.error() : tables.error());
    }
    const bool isEmpty = *application == 0 && *version == 0 && *tables == 0;
    if (!isEmpty && *application != applicationId) {
        return fail(foreignFile());
    }
    if (*version > schemaVersion) {
        return fail(newerSchema(*version));
    }
    if (*version == schemaVersion) {
        return {};
    }
    QStringList statements{QStringLiteral("BEGIN IMMEDIATE")};
    const QList<QStringList> steps = migrations();
    for (qsizetype step = std::max(0, *version); step < steps.size(); ++step) {
        statements += steps[step];
    }
    statements += QStringLiteral("PRAGMA application_id = %1").arg(applicationId);
    statements += QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion);
    statements += QStringLiteral("COMMIT");
    const Result<void> made = execAll(database, statements);
    if (!made) {
        QSqlQuery(database).exec(QStringLiteral("ROLLBACK"));
    }
    return made;
}

Error errorFrom(const QSqlError& error)
{
    const QString detail = error.text();
    switch (primaryCode(error)) {
    case codeFull:
        return {ErrorKind::DiskFull, Text::tr("The disk with Gesso's history is full."),
                Text::tr("Make room, then try again."), detail};
    case codePerm:
    case codeReadOnly:
    case codeCantOpen:
    case codeIoError:
        return {ErrorKind::DiskError, Text::tr("Gesso's history cannot be written."),
                Text::tr("Check the permissions of Gesso's data folder and its disk."), detail};
    case codeBusy:
    case codeLocked:
        return {ErrorKind::Timeout, Text::tr("Another program keeps Gesso's history locked."),
                Text::tr("Close it, then try again."), detail};
    case codeCorrupt:
    case codeNotADatabase:
        return {ErrorKind::Unreadable, Text::tr("Gesso's history is damaged."), {}, detail};
    case codeTooBig:
        return {ErrorKind::TooLarge, Text::tr("The run is too large for Gesso's history."), {}, detail};
    default:
        return {ErrorKind::Internal, Text::tr("Gesso's history refuses an entry."), {}, detail};
    }
}

Error explained(const Error& error, const QString& file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (error.kind == ErrorKind::DiskFull) {
        return fullDisk(folder, error.detail);
    }
    if (error.kind != ErrorKind::DiskError) {
        return error;
    }
    const int cause = errorOfWriting(folder);
    if (cause == 0 || disk::fromSystem(folder, cause).kind != ErrorKind::DiskFull) {
        return error;
    }
    return fullDisk(folder, error.detail);
}

Error newerSchema(int version)
{
    return {ErrorKind::DiskError,
            Text::tr("Gesso's history was written by a newer Gesso, so it is left alone."),
            Text::tr("Update Gesso. Until then runs are not kept over a restart."),
            QStringLiteral("schema version %1, this Gesso knows %2").arg(version).arg(schemaVersion)};
}

Error foreignFile()
{
    return {ErrorKind::DiskError,
            Text::tr("The file of Gesso's history belongs to another program, so it is left alone."),
            Text::tr("Move it away. Until then runs are not kept over a restart."),
            {}};
}

Error cannotMake(const QString& file, const QString& reason)
{
    return {ErrorKind::DiskError,
            Text::tr("Gesso's history %1 cannot be written.").arg(QDir::toNativeSeparators(file)),
            Text::tr("Until it can, runs are not kept over a restart."), reason};
}

Error damagedFile(const QString& keptAs)
{
    return {ErrorKind::Unreadable,
            Text::tr("Gesso's history was damaged; a new one was begun."),
            Text::tr("The old one is kept as %1. Runs that were under way are still on their servers.")
                .arg(QDir::toNativeSeparators(keptAs)),
            {}};
}

} // namespace gesso::history
