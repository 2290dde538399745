// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/historywriter.h"

#include "core/base/log.h"
#include "core/store/historyschema.h"

#include <chrono>
#include <utility>

namespace gesso {

namespace {

using namespace std::chrono_literals;

constexpr auto gatherFor = 30ms; // changes of state are not urgent: what is posted takes them along
constexpr auto syncEvery = 250ms; // at most so much is taken back by a power cut
constexpr auto blockedFor = 2s; // before a disk that refused is tried again

} // namespace

HistoryWriter::HistoryWriter(QString file, QString owner, Problem problem, Solved solved)
    : m_file(std::move(file))
    , m_owner(std::move(owner))
    , m_problem(std::move(problem))
    , m_solved(std::move(solved))
    , m_lastSync(std::chrono::steady_clock::now() - syncEvery)
    , m_thread([this] { run(); })
{
}

HistoryWriter::~HistoryWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void HistoryWriter::post(Work work, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        m_pending.jobs.push_back({std::move(work), std::move(done), {}});
    }
    m_wake.notify_one();
}

void HistoryWriter::change(HistoryChange change)
{
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_pending.changes.isEmpty();
        const QString id = change.id;
        m_pending.changes.insert(id, std::move(change));
    }
    if (isFirst) { // with others it is being waited for already
        m_wake.notify_one();
    }
}

void HistoryWriter::run()
{
    while (true) {
        Batch batch;
        {
            std::unique_lock lock(m_mutex);
            batch = next(lock);
        }
        if (!batch.jobs.empty() || !batch.changes.isEmpty()) {
            write(batch);
        } else if (m_isClosing) { // set once, before the last wake
            break;
        } else if (m_isUnsynced && m_store) {
            m_isUnsynced = false;
            m_store->sync();
            m_lastSync = std::chrono::steady_clock::now();
        }
    }
    m_store.reset(); // in the thread that opened it
}

// Waits for something to write; changes alone are gathered for a moment.
HistoryWriter::Batch HistoryWriter::next(std::unique_lock<std::mutex>& lock)
{
    const auto isUrgent = [this] { return m_isClosing || !m_pending.jobs.empty(); };
    const auto isAny = [&] { return isUrgent() || (!m_isBlocked && !m_pending.changes.isEmpty()); };
    if (m_isBlocked) {
        m_wake.wait_for(lock, blockedFor, isUrgent);
        m_isBlocked = false;
    } else if (m_isUnsynced) {
        if (!m_wake.wait_for(lock, syncEvery, isAny)) {
            return {}; // quiet: time to sync
        }
    } else {
        m_wake.wait(lock, isAny);
    }
    m_wake.wait_for(lock, gatherFor, isUrgent);
    return std::exchange(m_pending, {});
}

void HistoryWriter::write(Batch& batch)
{
    Result<void> written = writeOnce(batch);
    if (!written && written.error().kind == ErrorKind::Unreadable) {
        // Damage that opening did not see. It is moved aside, and the new file takes what is at hand.
        m_store.reset();
        m_isSuspected = true;
        written = writeOnce(batch);
    }
    if (!written) {
        m_store.reset(); // made anew next time: the file may have been replaced
        written = fail(history::explained(written.error(), m_file));
    }
    if (!written && !m_hasWorked && written.error().kind == ErrorKind::DiskError) {
        written =
            writeOnce(batch); // the disk may have been full a moment ago: that is no reason to go without
    }
    if (!written) {
        m_store.reset();
        const ErrorKind kind = written.error().kind;
        m_isUnusable = !m_hasWorked && (kind == ErrorKind::DiskError || kind == ErrorKind::Unreadable);
        tell(written.error());
        putBack(batch.changes);
    } else {
        m_hasWorked = true;
        m_isUnusable = false;
        if (std::exchange(m_toldProblem, std::nullopt)) {
            log::info(log::Category::Store, QStringLiteral("history: can be written again"));
            m_solved();
        }
    }
    for (const Job& job : batch.jobs) {
        job.done(written ? job.result : written);
    }
}

// Once: it is tried again and again.
void HistoryWriter::tell(const Error& error)
{
    if (std::exchange(m_toldProblem, error.kind) != error.kind) {
        log::error(log::Category::Store, QStringLiteral("history: %1 (%2)").arg(error.message, error.detail));
        m_problem(error);
    }
}

Result<void> HistoryWriter::writeOnce(Batch& batch)
{
    if (!m_store) {
        if (const Result<void> opened = open(); !opened) {
            return opened;
        }
    }
    const bool isDurable = isSyncDue();
    const Result<void> written = m_store->transact(isDurable, [&] { return apply(batch); });
    if (written) {
        m_isUnsynced = !isDurable;
        m_lastSync = isDurable ? std::chrono::steady_clock::now() : m_lastSync;
    }
    return written;
}

// A run begun by hand is on the disk before it is sent. Runs that come by the hundred would each wait for the
// disk, so a power cut may take back the last moment of them; the end of this process never does.
bool HistoryWriter::isSyncDue() const
{
    return std::chrono::steady_clock::now() - m_lastSync >= syncEvery;
}

// Changes go first, as a job may read what they concern; those of runs that a job is to add go after it.
Result<void> HistoryWriter::apply(Batch& batch)
{
    const Result<QStringList> early = applyChanges(batch, batch.changes.keys());
    if (!early) {
        return fail(early.error());
    }
    for (Job& job : batch.jobs) {
        job.result = job.work(*m_store);
        if (!job.result && job.result.error().kind != ErrorKind::Internal
            && job.result.error().kind != ErrorKind::TooLarge) {
            return job.result; // the disk's fault, not this one's
        }
    }
    const Result<QStringList> late = applyChanges(batch, *early);
    if (!late) {
        return fail(late.error());
    }
    for (const QString& id : *late) {
        log::warning(log::Category::Store, QStringLiteral("run %1 is not ours to change").arg(id));
    }
    return {};
}

// The runs there was nothing to change of.
Result<QStringList> HistoryWriter::applyChanges(const Batch& batch, const QStringList& ids)
{
    QStringList unknown;
    for (const QString& id : ids) {
        const Result<bool> changed = m_store->change(m_owner, batch.changes.value(id));
        if (!changed) {
            return fail(changed.error());
        }
        if (!*changed) {
            unknown.append(id);
        }
    }
    return unknown;
}

Result<void> HistoryWriter::open()
{
    Result<HistoryStore::Opened> opened = HistoryStore::open(m_file, std::exchange(m_isSuspected, false));
    if (!opened) {
        return fail(opened.error());
    }
    m_store = std::move(opened->store);
    if (opened->notice) {
        m_problem(*opened->notice);
    }
    return {};
}

// Later changes of the same runs win.
void HistoryWriter::putBack(const QHash<QString, HistoryChange>& changes)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosing) {
        return; // nobody waits any more
    }
    for (const HistoryChange& change : changes) {
        if (!m_pending.changes.contains(change.id)) {
            m_pending.changes.insert(change.id, change);
        }
    }
    m_isBlocked = true;
}

} // namespace gesso
