// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/historystore.h"

#include "core/store/historyschema.h"

#include <QCryptographicHash>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace gesso {

namespace {

// Larger than anything Gesso writes: a row beyond is not ours and is read as empty.
constexpr qint64 maxBlobBytes = 64 * 1024 * 1024;

QString bounded(const QString& column)
{
    return QStringLiteral("CASE WHEN length(%1) <= %2 THEN %1 END").arg(column).arg(maxBlobBytes);
}

constexpr qsizetype maxPatchShare = 8; // a patch larger than this part of a document is no patch

QByteArray patched(QByteArray base, qint64 at, qint64 cut, const QByteArray& put)
{
    if (at < 0 || cut < 0 || at > base.size() || cut > base.size() - at) {
        return {}; // not ours
    }
    return base.replace(at, cut, put);
}

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

Result<void> HistoryStore::transact(bool durable, const std::function<Result<void>()>& work)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    const auto exec = [&query](const QString& sql) -> Result<void> {
        return query.exec(sql) ? Result<void>() : fail(history::errorFrom(query.lastError()));
    };
    if (durable != m_isDurable) { // only between transactions
        const Result<void> set = exec(durable ? QStringLiteral("PRAGMA synchronous = FULL")
                                              : QStringLiteral("PRAGMA synchronous = NORMAL"));
        if (!set) {
            return set;
        }
        m_isDurable = durable;
    }
    if (const Result<void> begun = exec(QStringLiteral("BEGIN IMMEDIATE")); !begun) {
        return begun;
    }
    Result<void> done = work();
    if (done) {
        done = exec(QStringLiteral("COMMIT"));
    }
    if (!done) {
        query.exec(QStringLiteral("ROLLBACK")); // SQLite may have done so already
        m_lastDocument.clear();
    }
    return done;
}

void HistoryStore::sync()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.exec(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)"));
}

Result<QSqlQuery*> HistoryStore::prepared(std::unique_ptr<QSqlQuery>& query, const QString& sql)
{
    if (!query) {
        auto made = std::make_unique<QSqlQuery>(QSqlDatabase::database(m_connection, false));
        made->setForwardOnly(true);
        if (!made->prepare(sql)) {
            return fail(history::errorFrom(made->lastError()));
        }
        query = std::move(made);
    }
    return query.get();
}

Result<void> HistoryStore::insert(const HistoryRow& row)
{
    const Result<Patch> workflow = patchFor(row.workflow);
    if (!workflow) {
        return fail(workflow.error());
    }
    const auto query = prepared(
        m_insert,
        QStringLiteral(
            "INSERT INTO run (id, owner, server, client, phase, active, title, created, resubmit_of, "
            "attempt, prompt, workflow, patch_at, patch_cut, patch, request, state) VALUES "
            "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    if (!query) {
        return fail(query.error());
    }
    // A null string would be NULL in SQL.
    const auto text = [](const QString& value) { return value.isNull() ? QStringLiteral("") : value; };
    const auto blob = [](const QByteArray& value) { return value.isNull() ? QByteArray("") : value; };
    const QVariantList values{row.id,
                              text(row.owner),
                              text(row.server),
                              text(row.clientId),
                              text(row.phase),
                              int(row.isActive),
                              text(row.title),
                              row.createdMs,
                              text(row.resubmitOf),
                              row.attempt,
                              blob(row.prompt),
                              workflow->document > 0 ? QVariant(workflow->document) : QVariant(),
                              workflow->at,
                              workflow->cut,
                              blob(workflow->put),
                              blob(row.request),
                              blob(row.state)};
    for (int i = 0; i < values.size(); ++i) {
        (*query)->bindValue(i, values[i]);
    }
    if (!(*query)->exec()) {
        return fail(history::errorFrom((*query)->lastError()));
    }
    (*query)->finish();
    return {};
}

Result<HistoryStore::Patch> HistoryStore::patchFor(const QByteArray& body)
{
    Patch patch;
    if (body.isEmpty()) {
        return patch;
    }
    const QByteArray& base = m_lastDocument;
    const qsizetype shorter = std::min(base.size(), body.size());
    qsizetype same = 0;
    while (same < shorter && base[same] == body[same]) {
        ++same;
    }
    qsizetype sameEnd = 0;
    while (sameEnd < shorter - same && base[base.size() - 1 - sameEnd] == body[body.size() - 1 - sameEnd]) {
        ++sameEnd;
    }
    const qsizetype put = body.size() - same - sameEnd;
    const bool isNearlyTheSame = !base.isEmpty() && put <= body.size() / maxPatchShare;
    const Result<bool> isThere = isNearlyTheSame ? isLastDocumentThere() : Result<bool>(false);
    if (!isThere) {
        return fail(isThere.error());
    }
    if (*isThere) {
        patch.document = m_lastDocumentId;
        patch.at = same;
        patch.cut = base.size() - same - sameEnd;
        patch.put = body.mid(same, put);
        return patch;
    }
    const Result<qint64> id = documentId(body);
    if (!id) {
        return fail(id.error());
    }
    patch.document = *id;
    return patch;
}

// Another Gesso may have pruned it.
Result<bool> HistoryStore::isLastDocumentThere()
{
    const auto check = prepared(m_checkDocument, QStringLiteral("SELECT 1 FROM document WHERE id = ?"));
    if (!check) {
        return fail(check.error());
    }
    (*check)->bindValue(0, m_lastDocumentId);
    if (!(*check)->exec()) {
        return fail(history::errorFrom((*check)->lastError()));
    }
    const bool isThere = (*check)->next();
    (*check)->finish();
    return isThere;
}

Result<qint64> HistoryStore::documentId(const QByteArray& body)
{
    const QByteArray hash = sha256(body);
    const auto find = prepared(m_findDocument, QStringLiteral("SELECT id FROM document WHERE hash = ?"));
    if (!find) {
        return fail(find.error());
    }
    (*find)->bindValue(0, hash);
    if (!(*find)->exec()) {
        return fail(history::errorFrom((*find)->lastError()));
    }
    qint64 id = (*find)->next() ? (*find)->value(0).toLongLong() : 0;
    (*find)->finish();
    if (id == 0) {
        const auto add =
            prepared(m_addDocument, QStringLiteral("INSERT INTO document (hash, body) VALUES (?,?)"));
        if (!add) {
            return fail(add.error());
        }
        (*add)->bindValue(0, hash);
        (*add)->bindValue(1, body);
        if (!(*add)->exec()) {
            return fail(history::errorFrom((*add)->lastError()));
        }
        id = (*add)->lastInsertId().toLongLong();
        (*add)->finish();
    }
    m_lastDocument = body;
    m_lastDocumentId = id;
    return id;
}

Result<bool> HistoryStore::change(const QString& owner, const HistoryChange& change)
{
    const auto query = prepared(m_change,
                                QStringLiteral("UPDATE run SET client = ?, phase = ?, active = ?, state = ? "
                                               "WHERE id = ? AND owner = ?"));
    if (!query) {
        return fail(query.error());
    }
    (*query)->bindValue(0, change.clientId.isNull() ? QStringLiteral("") : change.clientId);
    (*query)->bindValue(1, change.phase);
    (*query)->bindValue(2, int(change.isActive));
    (*query)->bindValue(3, change.state.isNull() ? QByteArray("") : change.state);
    (*query)->bindValue(4, change.id);
    (*query)->bindValue(5, owner);
    if (!(*query)->exec()) {
        return fail(history::errorFrom((*query)->lastError()));
    }
    const bool isChanged = (*query)->numRowsAffected() > 0;
    (*query)->finish();
    return isChanged;
}

Result<QStringList> HistoryStore::reserve(const QString& run, const QList<HistoryFile>& files)
{
    const auto find =
        prepared(m_findFile,
                 QStringLiteral("SELECT 1 FROM output JOIN run ON run.id = output.run "
                                "WHERE output.path = ? AND output.run <> ? AND run.active = 1"));
    const auto add =
        prepared(m_addFile, QStringLiteral("INSERT OR REPLACE INTO output (path, run, item) VALUES (?,?,?)"));
    if (!find || !add) {
        return fail(!find ? find.error() : add.error());
    }
    QStringList taken;
    for (const HistoryFile& file : files) {
        (*find)->bindValue(0, file.path);
        (*find)->bindValue(1, run);
        if (!(*find)->exec()) {
            return fail(history::errorFrom((*find)->lastError()));
        }
        if ((*find)->next()) {
            taken.append(file.path);
        }
        (*find)->finish();
    }
    for (qsizetype i = 0; taken.isEmpty() && i < files.size(); ++i) {
        (*add)->bindValue(0, files[i].path);
        (*add)->bindValue(1, run);
        (*add)->bindValue(2, files[i].item);
        if (!(*add)->exec()) {
            return fail(history::errorFrom((*add)->lastError()));
        }
        (*add)->finish();
    }
    return taken;
}

Result<void> HistoryStore::setOwner(const QString& server, const QString& from, const QString& to)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(QStringLiteral("UPDATE run SET owner = ? WHERE server = ? AND owner = ? AND active = 1"));
    query.addBindValue(to);
    query.addBindValue(server);
    query.addBindValue(from);
    return query.exec() ? Result<void>() : fail(history::errorFrom(query.lastError()));
}

Result<void> HistoryStore::prune(int keep)
{
    const QString old =
        QStringLiteral("active = 0 AND sequence <= (SELECT max(sequence) FROM run) - %1").arg(keep);
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    for (const QString& statement :
         {QString(u"DELETE FROM output WHERE run IN (SELECT id FROM run WHERE " + old + u')'),
          QString(u"DELETE FROM run WHERE " + old)}) {
        if (!query.exec(statement)) {
            return fail(history::errorFrom(query.lastError()));
        }
    }
    const bool isAnyGone = query.numRowsAffected() > 0;
    if (isAnyGone
        && !query.exec(QStringLiteral("DELETE FROM document WHERE id NOT IN "
                                      "(SELECT workflow FROM run WHERE workflow IS NOT NULL)"))) {
        return fail(history::errorFrom(query.lastError()));
    }
    return {};
}

Result<QList<HistoryRow>> HistoryStore::activeRuns(const QString& server, const QString& owner)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    const QStringList columns{QStringLiteral("run.id"),         QStringLiteral("client"),
                              QStringLiteral("phase"),          QStringLiteral("title"),
                              QStringLiteral("created"),        QStringLiteral("resubmit_of"),
                              QStringLiteral("attempt"),        bounded(QStringLiteral("prompt")),
                              bounded(QStringLiteral("body")),  bounded(QStringLiteral("request")),
                              bounded(QStringLiteral("state")), QStringLiteral("patch_at"),
                              QStringLiteral("patch_cut"),      bounded(QStringLiteral("patch"))};
    query.prepare(QStringLiteral("SELECT ") + columns.join(u", ")
                  + QStringLiteral(" FROM run LEFT JOIN document ON document.id = run.workflow "
                                   "WHERE server = ? AND owner = ? AND active = 1 ORDER BY sequence"));
    query.addBindValue(server);
    query.addBindValue(owner);
    if (!query.exec()) {
        return fail(history::errorFrom(query.lastError()));
    }
    QList<HistoryRow> rows;
    while (query.next()) {
        HistoryRow row;
        row.owner = owner;
        row.server = server;
        row.id = query.value(0).toString();
        row.clientId = query.value(1).toString();
        row.phase = query.value(2).toString();
        row.title = query.value(3).toString();
        row.createdMs = query.value(4).toLongLong();
        row.resubmitOf = query.value(5).toString();
        row.attempt = query.value(6).toInt();
        row.prompt = query.value(7).toByteArray();
        row.workflow = patched(query.value(8).toByteArray(), query.value(11).toLongLong(),
                               query.value(12).toLongLong(), query.value(13).toByteArray());
        row.request = query.value(9).toByteArray();
        row.state = query.value(10).toByteArray();
        rows.append(std::move(row));
    }
    if (query.lastError().isValid()) {
        return fail(history::errorFrom(query.lastError()));
    }
    return rows;
}

Result<QList<HistoryFile>> HistoryStore::reservedFiles(const QString& run)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT item, path FROM output WHERE run = ?"));
    query.addBindValue(run);
    if (!query.exec()) {
        return fail(history::errorFrom(query.lastError()));
    }
    QList<HistoryFile> files;
    while (query.next()) {
        files.append({query.value(0).toString(), query.value(1).toString()});
    }
    return files;
}

Result<QList<HistoryOwner>> HistoryStore::owners()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral(
            "SELECT owner, server, count(*) FROM run WHERE active = 1 GROUP BY owner, server"))) {
        return fail(history::errorFrom(query.lastError()));
    }
    QList<HistoryOwner> owners;
    while (query.next()) {
        owners.append({query.value(0).toString(), query.value(1).toString(), query.value(2).toInt()});
    }
    return owners;
}

} // namespace gesso
