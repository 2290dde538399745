// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/comfyapi.h"
#include "core/net/httpclient.h"

#include <QObject>
#include <QUrl>

namespace gesso {

// Deadlines and caps of the routes; tests shorten them.
struct ComfyClientLimits {
    HttpLimits general{30'000, 20'000, 16 * 1024 * 1024}; // status, queue, interrupt …
    HttpLimits submit{60'000, 30'000, 16 * 1024 * 1024}; // validation of a large prompt takes a while
    HttpLimits history{60'000, 30'000, 64 * 1024 * 1024}; // holds the whole prompt
    HttpLimits objectInfo{120'000, 30'000, 128 * 1024 * 1024};
    HttpLimits upload{0, 60'000, 1024 * 1024};
    HttpLimits view{0, 60'000, 8LL * 1024 * 1024 * 1024}; // streamed; a video may be large and slow
};

// A server's REST routes over HTTP (protocol.md, sections 4 to 7). Lives in one thread. Calls under way when
// it is destroyed end with Error{Cancelled}.
class ComfyClient final : public QObject, public ComfyApi
{
    Q_OBJECT

public:
    // `base` is http or https and may have a path prefix.
    explicit ComfyClient(QUrl base, QString bearerToken = {}, QObject* parent = nullptr,
                         ComfyClientLimits limits = {});
    ~ComfyClient() override;

    void setTap(std::shared_ptr<TrafficTap> tap); // sees every call; null: nobody does

    QCoro::Task<Result<SystemStats>> systemStats(CancelToken cancel = {}) override;
    QCoro::Task<Result<Json>> features(CancelToken cancel = {}) override;
    QCoro::Task<Result<QByteArray>> objectInfo(CancelToken cancel = {}) override;
    QCoro::Task<Result<SubmitOutcome>> submit(SubmitRequest request, CancelToken cancel = {}) override;
    QCoro::Task<Result<QueueState>> queue(CancelToken cancel = {}) override;
    QCoro::Task<Result<std::optional<HistoryEntry>>> history(PromptId id, CancelToken cancel = {}) override;
    QCoro::Task<JobState> job(PromptId id, CancelToken cancel = {}) override;
    QCoro::Task<Result<void>> interrupt(PromptId id, CancelToken cancel = {}) override;
    QCoro::Task<Result<void>> deleteQueued(QList<PromptId> ids, CancelToken cancel = {}) override;
    QCoro::Task<Result<UploadedFile>> upload(UploadRequest request, CancelToken cancel = {}) override;
    QCoro::Task<Result<qint64>> view(OutputItem file, ByteSink sink, CancelToken cancel = {},
                                     ViewRange range = {}) override;
    QCoro::Task<Result<void>> freeMemory(bool unloadModels, CancelToken cancel = {}) override;
    QCoro::Task<Result<QStringList>> models(QString folder, CancelToken cancel = {}) override;

private:
    HttpClient m_http;
    ComfyClientLimits m_limits;
};

} // namespace gesso
