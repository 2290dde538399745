// SPDX-License-Identifier: LGPL-3.0-or-later
// Opening the history, whatever is found in its place.
#include "core/base/log.h"
#include "core/store/historyschema.h"
#include "core/store/historystore.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSqlQuery>
#include <QUuid>
#include <QVariant>

namespace gesso {

namespace {

constexpr int busyMs = 10'000; // another Gesso's transaction takes milliseconds
const QStringList companions{QString(), QStringLiteral("-wal"), QStringLiteral("-shm")};

// It holds prompts: nobody else on this machine needs to read them.
Result<void> makePrivate(const QString& path)
{
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) {
        return fail(history::cannotMake(path, {}));
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite)) {
        return fail(history::cannotMake(path, file.errorString()));
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return {};
}

Result<QString> moveAside(const QString& file)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString kept = file + u".damaged-" + stamp;
    for (const QString& companion : companions) {
        if (QFile::exists(file + companion) && !QFile::rename(file + companion, kept + companion)) {
            return fail(history::cannotMake(file, QStringLiteral("the damaged file cannot be renamed")));
        }
    }
    log::error(log::Category::Store, QStringLiteral("damaged history moved to %1").arg(kept));
    return kept;
}

bool exec(QSqlDatabase& database, const QString& sql, Error* error)
{
    QSqlQuery query(database);
    const bool isDone = query.exec(sql);
    if (!isDone) {
        *error = history::errorFrom(query.lastError());
    }
    return isDone;
}

Result<void> checkPages(QSqlDatabase& database)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next()) {
        return fail(history::errorFrom(query.lastError()));
    }
    const QString verdict = query.value(0).toString();
    if (verdict != QLatin1String("ok")) {
        Error damaged = history::damagedFile({});
        damaged.detail = verdict;
        return fail(damaged);
    }
    return {};
}

Result<void> openConnection(QSqlDatabase& database, const QString& file, bool checked)
{
    database.setDatabaseName(file);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMs));
    Error error;
    if (!database.open()) {
        return fail(history::errorFrom(database.lastError()));
    }
    // Refused files must stay as they are, so the schema is looked at before anything is set.
    if (const Result<void> ready = history::prepareSchema(database); !ready) {
        return ready;
    }
    if (!exec(database, QStringLiteral("PRAGMA journal_mode = WAL"), &error)
        || !exec(database, QStringLiteral("PRAGMA synchronous = NORMAL"), &error)
        || !exec(database, QStringLiteral("PRAGMA foreign_keys = ON"), &error)) {
        return fail(error);
    }
    return checked ? checkPages(database) : Result<void>();
}

} // namespace

HistoryStore::HistoryStore()
    : m_connection(u"gesso-history-" + QUuid::createUuid().toString(QUuid::Id128))
{
}

HistoryStore::~HistoryStore()
{
    for (std::unique_ptr<QSqlQuery>* query :
         {&m_insert, &m_change, &m_findDocument, &m_addDocument, &m_checkDocument, &m_findFile, &m_addFile}) {
        query->reset(); // before their connection
    }
    QSqlDatabase::removeDatabase(m_connection);
}

Result<HistoryStore::Opened> HistoryStore::open(const QString& file, bool suspected)
{
    if (const Result<void> made = makePrivate(file); !made) {
        return fail(made.error());
    }
    // Two Gessos must not migrate it, or move it aside, at the same moment.
    QLockFile opening(file + u".opening");
    opening.setStaleLockTime(busyMs);
    if (!opening.tryLock(busyMs)) { // also for want of room, see history::explained()
        return fail(history::cannotMake(file, QStringLiteral("the lock for opening is not given")));
    }
    Opened opened;
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::unique_ptr<HistoryStore> store(new HistoryStore);
        Result<void> ready;
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), store->m_connection);
            if (!database.isValid()) {
                return fail(history::cannotMake(file, QStringLiteral("Qt's SQLite driver is not installed")));
            }
            ready = openConnection(database, file, suspected);
        }
        if (ready) {
            opened.store = std::move(store);
            return opened;
        }
        if (ready.error().kind != ErrorKind::Unreadable || attempt > 0) {
            return fail(ready.error());
        }
        store.reset();
        const Result<QString> kept = moveAside(file);
        if (!kept) {
            return fail(kept.error());
        }
        if (const Result<void> made = makePrivate(file); !made) {
            return fail(made.error());
        }
        opened.notice = history::damagedFile(*kept);
    }
    return fail(history::damagedFile(file));
}

} // namespace gesso
