// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/etamodel.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"
#include "core/run/runtimings.h"
#include "core/store/outputstore.h"

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
// Runs are posted one after another, in the order of submission. A POST whose answer was lost is looked up by
// its prompt id, never sent again. After each reconnect, and now and then while nothing is heard of a run,
// the runs under way are looked up in /queue and /history. See planOutputs() for which files go where;
// temporary ones live until the service is destroyed.
class RunService : public QObject
{
    Q_OBJECT

public:
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, QObject* parent = nullptr);
    // For tests: other disks and intervals.
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, OutputStore store, RunTimings timings,
               QObject* parent = nullptr);
    ~RunService() override;

    // Registers the run, then uploads and posts. The run is known under request.id at once.
    void submit(RunRequest request);
    // Waiting: removed from the server's queue. Running: interrupted by id; ends as Cancelled when the server
    // says so, or says that it did not. Fetching: the downloads stop.
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

Q_SIGNALS:
    void added(const gesso::PromptId& id);
    void changed(const gesso::PromptId& id);
    void preview(const gesso::PreviewFrame& frame);
    void fileSaved(const gesso::PromptId& id, const gesso::SavedFile& file);
    void finished(const gesso::PromptId& id); // phase is an end, files are saved or have errors

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace gesso
