// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runjournal.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace gesso {

// Runs of a server that nobody looks after.
struct AbandonedRuns {
    QString server; // as given to journalFor()
    int count = 0;
};

// The history of runs of this user, kept in one file that all Gessos share (core/store/historystore.h,
// docs/adr/0006). One per process. Writes in a thread of its own, all that is pending in one transaction.
// Where the file cannot be used at all (a home that cannot be written, the file of a newer Gesso), runs go on
// without it and problem() says so. A disk that is full, or fails later, refuses the run instead; what
// changes meanwhile is written when there is room again.
class RunHistory : public QObject
{
    Q_OBJECT

public:
    static QString fileIn(const QString& dataFolder); // the one that this user's Gessos share
    static constexpr int keptRuns = 20'000; // the newest; with runs of usual size that is 50 MB

    explicit RunHistory(const QString& file, QObject* parent = nullptr);
    ~RunHistory() override; // writes what is pending

    // `server` is the same for the same server in every process: see ServerProfile. The journal must be
    // destroyed before this object.
    std::unique_ptr<RunJournal> journalFor(const QString& server);

    QFuture<Result<QList<AbandonedRuns>>> abandonedRuns(); // of all servers, by processes that are dead
    std::optional<Error> problem() const; // the last one told, unless it is solved

Q_SIGNALS:
    void problemFound(const gesso::Error& error); // from the event loop; also when a damaged file was mended
    void problemSolved(); // what could not be written is written now

private:
    class Journal;
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
