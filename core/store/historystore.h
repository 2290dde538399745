// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace gesso {

// A run as the history keeps it. What is read back may be anything: somebody else may have written it.
struct HistoryRow {
    QString id; // prompt id
    QString owner; // instance that looks after it
    QString server; // which server it belongs to
    QString clientId; // of the socket it was posted under; empty before
    QString phase;
    bool isActive = true; // not ended
    QString title;
    qint64 createdMs = 0; // since the epoch
    QString resubmitOf; // the run it repeats; empty if none
    int attempt = 0; // how often it was repeated before
    QByteArray prompt;
    QByteArray workflow; // stored once for all runs that have the same, or nearly; empty if none
    QByteArray request; // what else is fixed
    QByteArray state; // what else changes
};

// What changes of a row as its run goes on.
struct HistoryChange {
    QString id;
    QString clientId;
    QString phase;
    bool isActive = true;
    QByteArray state;
};

// A file promised to a run, before it gets its name on the disk.
struct HistoryFile {
    QString item; // which of the run's outputs
    QString path; // absolute
};

// How many runs of a server an instance looks after.
struct HistoryOwner {
    QString owner;
    QString server;
    int activeRuns = 0;
};

// The history of runs in one SQLite file, shared by all Gessos of this user (docs/adr/0006). Blocks on the
// disk; belongs to the thread that opened it. Errors: DiskFull, DiskError (no permission, gone), Timeout
// (locked by another program), Unreadable (damaged), TooLarge, Internal (a statement that is refused).
class HistoryStore
{
public:
    struct Opened;
    // Makes the file if there is none. A damaged one is moved aside, kept, and told in `notice`. One of a
    // newer Gesso or of another program is left alone: DiskError. `suspected`: reading it has failed, so its
    // pages are checked.
    static Result<Opened> open(const QString& file, bool suspected = false);
    ~HistoryStore();
    HistoryStore(const HistoryStore&) = delete;
    HistoryStore& operator=(const HistoryStore&) = delete;

    // All of `work` or nothing. Always survives the end of this process; a durable one is also on the disk
    // when this returns, and with it all before it.
    Result<void> transact(bool durable, const std::function<Result<void>()>& work);

    void sync(); // all that was committed is on the disk, as far as it can be

    // Inside transact():
    Result<void> insert(const HistoryRow& row);
    // Only what `owner` still looks after; false if it does not.
    Result<bool> change(const QString& owner, const HistoryChange& change);
    // Promises the paths to the run. Returns those that are promised to other runs under way, and then
    // promises none.
    Result<QStringList> reserve(const QString& run, const QList<HistoryFile>& files);
    Result<void> setOwner(const QString& server, const QString& from, const QString& to);
    // Forgets runs that have ended and are not among the newest `keep`, with what only they had. Their room
    // in the file is used again.
    Result<void> prune(int keep);

    Result<QList<HistoryRow>> activeRuns(const QString& server, const QString& owner); // oldest first
    Result<QList<HistoryFile>> reservedFiles(const QString& run);
    Result<QList<HistoryOwner>> owners(); // of runs that have not ended

private:
    HistoryStore();
    // A document as another one with a piece replaced: a seed changes a few bytes of a workflow.
    struct Patch {
        qint64 document = 0; // 0: there is none
        qsizetype at = 0;
        qsizetype cut = 0;
        QByteArray put;
    };
    Result<Patch> patchFor(const QByteArray& body);
    Result<qint64> documentId(const QByteArray& body);
    Result<bool> isLastDocumentThere();
    Result<QSqlQuery*> prepared(std::unique_ptr<QSqlQuery>& query, const QString& sql);

    QString m_connection;
    std::unique_ptr<QSqlQuery> m_insert;
    std::unique_ptr<QSqlQuery> m_change;
    std::unique_ptr<QSqlQuery> m_findDocument;
    std::unique_ptr<QSqlQuery> m_addDocument;
    std::unique_ptr<QSqlQuery> m_checkDocument;
    std::unique_ptr<QSqlQuery> m_findFile;
    std::unique_ptr<QSqlQuery> m_addFile;
    QByteArray m_lastDocument; // a whole one, whose id is known
    qint64 m_lastDocumentId = 0;
    bool m_isDurable = false; // as the connection is set
};

struct HistoryStore::Opened {
    std::unique_ptr<HistoryStore> store;
    std::optional<Error> notice; // what the artist should know although it went well
};

} // namespace gesso
