// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/etamodel.h"
#include "core/run/runjournal.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"
#include "core/run/runtimings.h"
#include "core/store/outputstore.h"

#include <QCoroTask>
#include <QObject>

#include <memory>

namespace gesso {

class Clock;
class ComfyApi;
class EventStream;

// A live preview, still encoded, with its run.
struct PreviewFrame {
    PromptId run;
    std::optional<NodeId> node; // display id
    QByteArray image; // JPEG or PNG
};

// Submits, follows and collects runs on one server. Lives in one thread with its api and stream, which must
// outlive it. Signals are emitted from the event loop, never from inside submit(), cancel() or
// retryDownloads().
//
// A run is in the journal before anything of it is sent. Runs are posted one after another, in the order of
// submission, a few ahead of the server; the rest waits here, and in the journal for the next process. A POST
// whose answer was lost is looked up by its prompt id. Where the server has twice said that it does not have
// it, it is sent again under the same id, at most maxSends times in all; should the first one arrive late all
// the same, the surplus one is taken out of the server's queue. After each reconnect, and now and then while
// nothing is heard of a run, the runs under way are looked up in /queue, /history and /api/jobs.
// See planOutputs() for which files go where; temporary ones live until the service is destroyed.
class RunService : public QObject
{
    Q_OBJECT

public:
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, QObject* parent = nullptr);
    // For tests: other disks and intervals.
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, OutputStore store, RunTimings timings,
               QObject* parent = nullptr);
    // Keeps its runs in `journal`, which must outlive it.
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, RunJournal& journal,
               OutputStore store = OutputStore(), RunTimings timings = RunTimings(),
               QObject* parent = nullptr);
    ~RunService() override;

    // Takes the runs over that dead processes left in the journal, and looks them up as soon as the server
    // answers: what ended meanwhile is fetched, what never arrived is sent, what the server forgot is Lost.
    // The client id most of them were posted under, to be used for the socket; empty if there is none.
    // Errors: those of the journal. What may pass is tried again later, by itself.
    QCoro::Task<Result<QString>> restore();

    // How many runs are on the server at most; the others wait here (RunPhase::Waiting).
    void setAhead(int runs);
    static constexpr int defaultAhead = 3;
    static constexpr int maxSends = 3; // of one run whose way to the server is bad
    // Runs the server has forgotten are sent again by themselves, each at most maxResubmits times; also those
    // that were found lost before. finished() of the lost run comes when resubmission() is known.
    void setResubmitLost(bool on);
    static constexpr int maxResubmits = 3;
    // The same once more, as a new run linked to this one, which must have ended; empty if it has not.
    PromptId resubmit(const PromptId& id);

    // Registers the run, journals it, then uploads and posts. The run is known under request.id at once. One
    // that cannot be journaled (a full disk) is not sent: Failed.
    void submit(RunRequest request);
    // Waiting here: the server hears nothing of it. Queued: removed from the server's queue. Running:
    // interrupted by id; ends as Cancelled when the server says so, or says that it did not. Fetching: the
    // downloads stop.
    void cancel(const PromptId& id);
    // Fetches files again that could not be saved, to `folder` if given; the run is Fetching until finished()
    // again.
    void retryDownloads(const PromptId& id, const QString& folder = {});

    const RunState* state(const PromptId& id) const; // valid until the next signal
    const RunRequest* request(const PromptId& id) const;
    std::optional<TimeLeft>
    timeLeft(const PromptId& id) const; // of a running run, now; nullopt: not known yet
    QList<PromptId> runs() const; // in order of submission
    bool hasActiveRuns() const;
    RunOrigin origin(const PromptId& id) const; // which run it repeats
    PromptId resubmission(const PromptId& id) const; // the one that repeats it; empty if none
    bool wasRestored(const PromptId& id) const; // from an earlier process
    // Drops an ended run from memory; it stays in the journal's file.
    void forget(const PromptId& id);

Q_SIGNALS:
    void added(const gesso::PromptId& id);
    void changed(const gesso::PromptId& id);
    void preview(const gesso::PreviewFrame& frame);
    void fileSaved(const gesso::PromptId& id, const gesso::SavedFile& file);
    void finished(const gesso::PromptId& id); // phase is an end, files are saved or have errors
    void resubmitted(const gesso::PromptId& lost, const gesso::PromptId& again); // after added(again)
    void restored(const QList<gesso::PromptId>& ids); // after added() of each; not if there are none

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
