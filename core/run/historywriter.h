// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/store/historystore.h"

#include <QHash>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace gesso {

// The thread that writes the history: takes all that is pending and commits it at once. Any thread may hand
// it something; `done` is called in the writer's.
class HistoryWriter
{
public:
    using Problem = std::function<void(const Error&)>;

    using Solved = std::function<void()>;

    // `owner`: whose changes are written. `problem` and, once writing works again, `solved` are called in the
    // writer's thread.
    HistoryWriter(QString file, QString owner, Problem problem, Solved solved);
    ~HistoryWriter(); // writes what is pending
    HistoryWriter(const HistoryWriter&) = delete;
    HistoryWriter& operator=(const HistoryWriter&) = delete;

    using Work = std::function<Result<void>(HistoryStore&)>;
    using Done = std::function<void(const Result<void>&)>;
    // Inside the next transaction, in the order of the calls, after what was changed before. A work that the
    // database refuses (Internal) fails alone.
    void post(Work work, Done done);
    // Within a moment, unless something is posted before; the last change of a run wins. Kept and tried again
    // while it cannot be written.
    void change(HistoryChange change);

    // The file has never been of use to this process, and not because the disk is full: a home that cannot be
    // written, or the file of a newer Gesso. Any thread.
    bool isUnusable() const { return m_isUnusable; }

private:
    struct Job {
        Work work;
        Done done;
        Result<void> result;
    };
    struct Batch {
        std::vector<Job> jobs;
        QHash<QString, HistoryChange> changes;
    };

    void run();
    Batch next(std::unique_lock<std::mutex>& lock);
    void write(Batch& batch);
    void tell(const Error& error);
    Result<void> writeOnce(Batch& batch);
    Result<void> apply(Batch& batch);
    Result<QStringList> applyChanges(const Batch& batch, const QStringList& ids);
    Result<void> open();
    void putBack(const QHash<QString, HistoryChange>& changes);
    bool isSyncDue() const;

    const QString m_file;
    const QString m_owner;
    const Problem m_problem;
    const Solved m_solved;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    Batch m_pending;
    std::atomic<bool> m_isClosing = false;
    std::atomic<bool> m_isUnusable = false;
    bool m_isBlocked = false; // changes wait: the disk did not take them

    // The writer's own:
    std::unique_ptr<HistoryStore> m_store;
    bool m_hasWorked = false; // something was written
    bool m_isSuspected = false; // its pages are to be checked
    bool m_isUnsynced = false; // something is committed that a power cut could take back
    std::optional<ErrorKind> m_toldProblem; // what it was
    std::chrono::steady_clock::time_point m_lastSync;

    std::thread m_thread; // last: it uses the above
};

} // namespace gesso
