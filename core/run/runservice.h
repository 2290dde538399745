// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"
#include "core/run/runstate.h"

#include <QObject>

#include <memory>

namespace gesso
{

class Clock;
class ComfyApi;
class EventStream;

// A live preview, still encoded, with its run.
struct PreviewFrame {
    PromptId run;
    std::optional<NodeId> node; // display id
    QByteArray image; // JPEG or PNG
};

// Submits, follows and collects runs on one server. Lives in one thread with its api and stream. Signals are
// emitted from the event loop, never from inside submit().
class RunService : public QObject
{
    Q_OBJECT

public:
    RunService(ComfyApi& api, EventStream& events, const Clock& clock, QObject* parent = nullptr);
    ~RunService() override;

    // Registers the run, then uploads and posts. The run is known under request.id at once.
    void submit(RunRequest request);
    // Waiting: removed from the server's queue. Running: interrupted by id. Ends as Cancelled.
    void cancel(const PromptId& id);
    // Fetches files again that could not be saved, to `folder` if given.
    void retryDownloads(const PromptId& id, const QString& folder = {});

    const RunState* state(const PromptId& id) const; // valid until the next signal
    const RunRequest* request(const PromptId& id) const;
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
