// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runhistory.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

namespace gesso::testkit {

inline const QString historyServer = QStringLiteral("http://gpu-box:8188");

// A place for a history, in a folder that is not there yet.
class HistoryPlace
{
public:
    QString file() const { return path(QStringLiteral("data/history.db")); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

// The file seen from outside.
class Sql
{
public:
    explicit Sql(const QString& file)
    {
        m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("outside"));
        m_database.setDatabaseName(file);
        m_isOpen = m_database.open();
    }
    ~Sql()
    {
        m_database = {};
        QSqlDatabase::removeDatabase(QStringLiteral("outside"));
    }
    bool exec(const QString& sql)
    {
        QSqlQuery query(m_database);
        return m_isOpen && query.exec(sql);
    }
    QVariant value(const QString& sql)
    {
        QSqlQuery query(m_database);
        return query.exec(sql) && query.next() ? query.value(0) : QVariant();
    }

private:
    QSqlDatabase m_database;
    bool m_isOpen = false;
};

template <typename T> T waitFor(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

inline RunRequestPtr requestOf(const QString& id)
{
    auto request = std::make_shared<RunRequest>();
    request->id = PromptId(id);
    request->title = QStringLiteral("Überfahrt 🌊");
    PromptNode node;
    node.id = NodeId(QStringLiteral("12:5"));
    node.classType = QStringLiteral("KSampler");
    node.title = QStringLiteral("Sampler");
    node.setInput(QStringLiteral("z"), Json(1.0));
    node.setInput(QStringLiteral("a"), Json(18446744073709551615ULL));
    request->prompt.nodes = {node};
    request->prompt.rebuildIndex();
    request->workflow = Json{{"version", 1.0}, {"nodes", Json::array()}};
    request->uploads = {{QStringLiteral("/in/a.png"), NodeId(QStringLiteral("1")), QStringLiteral("image")}};
    request->seed = Seed{18446744073709551615ULL};
    request->outputFolder = QStringLiteral("/out");
    request->namePattern = QStringLiteral("{title}-{seed}");
    request->front = true;
    request->created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC);
    return request;
}

inline RunState stateOf(const QString& id, RunPhase phase)
{
    RunState state;
    state.id = PromptId(id);
    state.phase = phase;
    return state;
}

inline QFuture<Result<void>> addRun(RunJournal& journal, const QString& id, RunPhase phase)
{
    return journal.add(requestOf(id), {}, stateOf(id, phase), {});
}

} // namespace gesso::testkit
