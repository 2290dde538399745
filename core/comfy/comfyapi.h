// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/base/result.h"
#include "core/comfy/comfytypes.h"
#include "core/comfy/viewrange.h"

#include <QCoroTask>

#include <functional>
#include <variant>

namespace gesso {

// Submit's three ways to end well enough to be understood; anything else is an Error. An Error with kind
// Unreachable or Timeout means the answer was lost: look the prompt id up, never send it again.
using SubmitOutcome = std::variant<SubmitAnswer, Refusal>;

// What /api/jobs says of a run. Unknown where there is no such route (older servers) or it fails (the fork,
// while busy).
enum class JobState { Unknown, Absent, Waiting, Running, Ended };

// A server's REST routes. Implemented by ComfyClient over HTTP; faked in tests. All calls belong to the
// object's thread, have a deadline, and end with Error{Cancelled} when the token is cancelled.
class ComfyApi
{
public:
    virtual ~ComfyApi() = default;

    virtual QCoro::Task<Result<SystemStats>> systemStats(CancelToken cancel = {}) = 0; // GET /system_stats
    virtual QCoro::Task<Result<Json>> features(CancelToken cancel = {}) = 0; // GET /features
    virtual QCoro::Task<Result<QByteArray>>
    objectInfo(CancelToken cancel = {}) = 0; // GET /object_info, the bytes
    virtual QCoro::Task<Result<SubmitOutcome>> submit(SubmitRequest request,
                                                      CancelToken cancel = {}) = 0; // POST /prompt
    virtual QCoro::Task<Result<QueueState>> queue(CancelToken cancel = {}) = 0; // GET /queue
    virtual QCoro::Task<Result<std::optional<HistoryEntry>>>
    history(PromptId id, CancelToken cancel = {}) = 0; // GET /history/{id}
    virtual QCoro::Task<JobState> job(PromptId id, CancelToken cancel = {}) = 0; // GET /api/jobs/{id}
    virtual QCoro::Task<Result<void>>
    interrupt(PromptId id, CancelToken cancel = {}) = 0; // POST /interrupt; empty id: whatever runs
    virtual QCoro::Task<Result<void>> deleteQueued(QList<PromptId> ids,
                                                   CancelToken cancel = {}) = 0; // POST /queue {"delete"}
    virtual QCoro::Task<Result<UploadedFile>> upload(UploadRequest request,
                                                     CancelToken cancel = {}) = 0; // POST /upload/image
    // GET /view, handed to `sink` in pieces as they come; the sink returns false to stop (its own error).
    using ByteSink = std::function<bool(const QByteArray&)>;
    // A `range` goes on where an earlier download stopped, or starts over if the file has changed since.
    virtual QCoro::Task<Result<qint64>> view(OutputItem file, ByteSink sink, CancelToken cancel = {},
                                             ViewRange range = {}) = 0; // the file's bytes
    virtual QCoro::Task<Result<void>> freeMemory(bool unloadModels,
                                                 CancelToken cancel = {}) = 0; // POST /free
    virtual QCoro::Task<Result<QStringList>> models(QString folder,
                                                    CancelToken cancel = {}) = 0; // GET /models[/folder]
};

} // namespace gesso
