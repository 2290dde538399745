// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/accounting.h"

#include "core/run/runservice.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>

namespace gesso::chaos {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// What server faults lose: the queue, and what ran.
int lifetimes(const Script& script)
{
    return 1 + int(std::count_if(script.blows.cbegin(), script.blows.cend(), [](const Blow& blow) {
               return blow.fault == Fault::RestartKeeping || blow.fault == Fault::RestartForgetting
                   || blow.fault == Fault::KillServer;
           }));
}

bool isTroubleOnTheWay(const Blow& blow)
{
    switch (blow.fault) {
    case Fault::KillGesso:
    case Fault::JumpClock:
    case Fault::Cancel:
    case Fault::DeletePending:
    case Fault::InterruptRunning:
    case Fault::DelayToClient:
    case Fault::DelayToServer:
        return false;
    default:
        return true;
    }
}

// A bad way alone fails no run: it takes as many blows as a run is sent, or a Gesso that was killed after it
// had told that a download had failed. What says something wrong, and a full disk, may.
bool mayFail(const Script& script)
{
    for (const Fault fault : {Fault::FailNode, Fault::ServerError, Fault::ForgetHistory, Fault::DiskFull,
                              Fault::Impostor, Fault::BadGateway, Fault::RefusePrompts}) {
        if (script.has(fault)) {
            return true;
        }
    }
    const auto blows = std::count_if(script.blows.cbegin(), script.blows.cend(), isTroubleOnTheWay);
    return blows >= RunService::maxSends || (blows > 0 && script.has(Fault::KillGesso));
}

class Auditor
{
public:
    Auditor(const Script& script, const Evidence& evidence)
        : m_script(script)
        , m_evidence(evidence)
    {
        for (const RunPlan& run : script.runs) {
            m_indexOf.insert(idOf(script.seed, run.index).toString(), run.index);
        }
        for (const LedgerRow& row : evidence.ledger) { // a resubmission comes after what it repeats
            const int index = m_indexOf.value(row.id, m_indexOf.value(row.resubmitOf, -1));
            m_indexOf.insert(row.id, index);
            if (index >= 0) {
                m_rows[index].append(row);
            }
        }
    }

    QStringList wrong()
    {
        checkMemory();
        checkFiles();
        checkLeftovers();
        for (const LedgerRow& row : m_evidence.ledger) {
            checkEnd(row);
        }
        for (const RunPlan& run : m_script.runs) {
            checkRun(run);
        }
        for (const char* list : {"queue_running", "queue_pending"}) {
            if (!m_evidence.queue.contains(list) || !m_evidence.queue[list].empty()) {
                complain(QStringLiteral("the server still has work in %1").arg(QLatin1String(list)));
            }
        }
        return m_wrong;
    }

private:
    void complain(const QString& what) { m_wrong += what; }
    bool isInHistory(const QString& id) const
    {
        return member(m_evidence.history, id.toStdString()) != nullptr;
    }

    bool hasSucceeded(const QString& id) const
    {
        const Json* entry = member(m_evidence.history, id.toStdString());
        const Json* status = entry ? member(*entry, "status") : nullptr;
        return status && stringMember(*status, "status_str") == QLatin1String("success");
    }

    // A second execution without a restart finds everything cached.
    bool wasCached(const QString& id) const
    {
        const Json* entry = member(m_evidence.history, id.toStdString());
        const Json* status = entry ? member(*entry, "status") : nullptr;
        const Json* messages = status ? member(*status, "messages") : nullptr;
        for (const Json& message : messages ? *messages : Json::array()) {
            if (message[0] == "execution_cached") {
                const Json& nodes = message[1]["nodes"];
                return std::find(nodes.begin(), nodes.end(), "4") != nodes.end(); // its sampler: seeds differ
            }
        }
        return false;
    }

    // The Gesso that lives says what its history says.
    void checkMemory()
    {
        QHash<QString, QString> phases;
        for (const LedgerRow& row : m_evidence.ledger) {
            if (phases.contains(row.id)) {
                complain(QStringLiteral("%1 stands twice in the history").arg(row.id));
            }
            phases.insert(row.id, row.phase);
        }
        for (const Memory::Run& run : m_evidence.memory.runs) {
            if (!phases.contains(run.id) && wasNotWritten(run.id)) {
                continue;
            }
            if (phases.value(run.id) != run.phase) {
                complain(QStringLiteral("%1 is %2, in the history \"%3\"")
                             .arg(run.id, run.phase, phases.value(run.id)));
            }
        }
    }

    // Whole, as the server has it, and once.
    void checkFiles()
    {
        QHash<QByteArray, QString> seen;
        for (const auto& [name, content] : m_evidence.kept) {
            if (m_evidence.shown.contains(content)) { // of a run that gave nothing else, see planOutputs()
                continue;
            }
            if (!m_evidence.made.contains(content)) {
                complain(QStringLiteral("%1 (%2 bytes) is no picture of the server")
                             .arg(name)
                             .arg(content.size()));
                continue;
            }
            if (seen.contains(content)) {
                complain(QStringLiteral("%1 and %2 are the same picture").arg(seen.value(content), name));
            }
            seen.insert(content, name);
            ++m_keptOf[m_evidence.made.value(content)];
        }
    }

    // What is left of a download can be gone on with: after a kill, and while a run may be fetched again.
    void checkLeftovers()
    {
        const bool areAllDone =
            std::all_of(m_evidence.ledger.cbegin(), m_evidence.ledger.cend(),
                        [](const LedgerRow& row) { return row.phase == nameOf(RunPhase::Done); });
        if (areAllDone && !m_script.has(Fault::KillGesso) && m_evidence.halfFiles > 0) {
            complain(QStringLiteral("%1 half files are left").arg(m_evidence.halfFiles));
        }
    }

    void checkEnd(const LedgerRow& row)
    {
        const std::optional<RunPhase> phase = runPhaseFromName(row.phase);
        const int index = m_indexOf.value(row.id, -1);
        if (row.isActive || !phase || !isEnded(*phase)) {
            complain(QStringLiteral("%1 has not ended: %2").arg(row.id, row.phase));
            return;
        }
        if (index < 0) {
            complain(QStringLiteral("%1 was asked for by nobody").arg(row.id));
            return;
        }
        if (!canExplain(*phase, index)) {
            complain(QStringLiteral("run %1 is %2 without a reason").arg(index).arg(row.phase)
                     + reasonOf(row.id));
        }
        if (*phase != RunPhase::Done && hasSucceeded(row.id) && !mayMissResult(*phase, index, row.id)) {
            complain(QStringLiteral("run %1 is %2, but the server has its result").arg(index).arg(row.phase)
                     + reasonOf(row.id));
        }
        if (lifetimes(m_script) == 1 && wasCached(row.id) && row.resubmitOf.isEmpty()
            && !m_script.has(Fault::ForgetHistory)) {
            complain(QStringLiteral("run %1 was executed twice").arg(index));
        }
    }

    bool wasNotWritten(const QString& id) const
    {
        const auto& runs = m_evidence.memory.runs;
        return m_script.has(Fault::DiskFull)
            && std::any_of(runs.cbegin(), runs.cend(),
                           [&id](const Memory::Run& run) { return run.id == id && canBeUnwritten(run); });
    }

    QString reasonOf(const QString& id) const // as Gesso gives it
    {
        for (const Memory::Run& run : m_evidence.memory.runs) {
            if (run.id == id) {
                return QStringLiteral(": ") + run.error;
            }
        }
        return {};
    }

    bool canExplain(RunPhase phase, int index) const
    {
        const bool wasServerLost = lifetimes(m_script) > 1 || m_script.has(Fault::ForgetHistory);
        switch (phase) {
        case RunPhase::Done:
            return true;
        case RunPhase::Cancelled:
            return m_script.has(Fault::Cancel, index) || m_script.has(Fault::DeletePending, index)
                || m_script.has(Fault::InterruptRunning) || wasServerLost;
        case RunPhase::Lost:
            // Deleted while Gesso did not listen, or by a Gesso that was killed when the full disk had not
            // taken that it was asked to: it cannot know why the server has no such run.
            return wasServerLost || m_script.has(Fault::ServerError)
                || m_script.has(Fault::DeletePending, index)
                || (m_script.has(Fault::Cancel, index) && m_script.has(Fault::DiskFull)
                    && m_script.has(Fault::KillGesso));
        case RunPhase::Refused:
            return m_script.has(Fault::RefusePrompts);
        default:
            return mayFail(m_script);
        }
    }

    bool mayMissResult(RunPhase phase, int index, const QString& id) const
    {
        const auto known = std::find_if(m_evidence.memory.runs.cbegin(), m_evidence.memory.runs.cend(),
                                        [&id](const Memory::Run& run) { return run.id == id; });
        const bool isKnown = known != m_evidence.memory.runs.cend();
        switch (phase) {
        case RunPhase::Cancelled:
            return m_script.has(Fault::Cancel, index);
        case RunPhase::Lost: // the server said so
            return m_script.has(Fault::ForgetHistory) || m_script.has(Fault::ServerError);
        case RunPhase::Failed: // denied after a lost answer, or cancelled with some files saved; or a Gesso
                               // that ended was told, and so was who used it
            return m_script.has(Fault::ForgetHistory) || m_script.has(Fault::Cancel, index)
                || (m_script.has(Fault::DiskFull) && !isKnown);
        default:
            return false;
        }
    }

    void checkRun(const RunPlan& run)
    {
        const QList<LedgerRow> rows = m_rows.value(run.index);
        const QString id = idOf(m_script.seed, run.index).toString();
        const int made = m_evidence.madeCount.value(run.index);
        const int kept = m_keptOf.value(run.index);
        if (rows.isEmpty()) { // killed, or the disk full, before it was written down: nobody has heard of it
            const bool isExplained = m_script.has(Fault::KillGesso) || wasNotWritten(id);
            if (!isExplained || made > 0 || isInHistory(id)) {
                complain(QStringLiteral("run %1 is not in the history").arg(run.index));
            }
            return;
        }
        const auto done = std::count_if(rows.cbegin(), rows.cend(), [](const LedgerRow& row) {
            return row.phase == nameOf(RunPhase::Done);
        });
        if (done > 1) {
            complain(QStringLiteral("run %1 is done %2 times").arg(run.index).arg(done));
        }
        if (done > 0 && kept != run.pictures) {
            complain(QStringLiteral("run %1 is done with %2 of %3 files")
                         .arg(run.index)
                         .arg(kept)
                         .arg(run.pictures));
        }
        // A server that denies that a run has ended is taken at its word if the POST's answer was lost: once
        // more.
        const int denials = m_script.has(Fault::ForgetHistory) ? RunService::maxSends - 1 : 0;
        const auto executions = lifetimes(m_script) + rows.size() - 1 + denials;
        if (made > run.pictures * executions) {
            complain(QStringLiteral("run %1 was executed more than %2 time(s): %3 pictures")
                         .arg(run.index)
                         .arg(executions)
                         .arg(made));
        }
    }

    const Script& m_script;
    const Evidence& m_evidence;
    QHash<QString, int> m_indexOf; // of a run's id, its repetitions included
    QMap<int, QList<LedgerRow>> m_rows;
    QMap<int, int> m_keptOf;
    QStringList m_wrong;
};

} // namespace

bool canBeUnwritten(const Memory::Run& run)
{
    return run.phase == nameOf(RunPhase::Cancelled)
        || (run.phase == nameOf(RunPhase::Failed) && run.error.contains(QLatin1String("not sent")));
}

Result<QList<LedgerRow>> readLedger(const QString& historyFile)
{
    const QString name = QStringLiteral("chaos ledger");
    QList<LedgerRow> rows;
    QString problem;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(historyFile);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"));
        QSqlQuery query(database);
        if (!database.open()
            || !(query = QSqlQuery(database))
                    .exec(
                        QStringLiteral("SELECT id, phase, active, resubmit_of FROM run ORDER BY sequence"))) {
            problem = database.lastError().text() + query.lastError().text();
        }
        while (problem.isEmpty() && query.next()) {
            rows.append({query.value(0).toString(), query.value(1).toString(), query.value(2).toBool(),
                         query.value(3).toString()});
        }
    }
    QSqlDatabase::removeDatabase(name);
    if (!problem.isEmpty()) {
        return fail(ErrorKind::Unreadable, problem);
    }
    return rows;
}

void readFiles(Evidence& evidence, const QString& serverFolder, const QString& output)
{
    const QDir shown(serverFolder + QStringLiteral("/temp"));
    for (const QString& name : shown.entryList(QDir::Files)) {
        evidence.shown.insert(contentOf(shown.filePath(name)));
    }
    const QDir made(serverFolder + QStringLiteral("/output"));
    for (const QString& name : made.entryList({QStringLiteral("run*.png")}, QDir::Files)) {
        const int index = name.mid(3, name.indexOf(u'_') - 3).toInt();
        evidence.made.insert(contentOf(made.filePath(name)), index);
        ++evidence.madeCount[index];
    }
    const QDir kept(output);
    evidence.halfFiles = int(kept.entryList({QStringLiteral(".*")}, QDir::Files | QDir::Hidden).size());
    for (const QString& name : kept.entryList(QDir::Files)) {
        evidence.kept.append({name, contentOf(kept.filePath(name))});
    }
}

QStringList violations(const Script& script, const Evidence& evidence)
{
    return Auditor(script, evidence).wrong();
}

} // namespace gesso::chaos
