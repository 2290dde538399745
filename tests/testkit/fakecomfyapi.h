// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comfy/comfyapi.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <coroutine>
#include <functional>

namespace gesso::testkit {

// A server's REST routes answered from memory. Every call is noted, answered from the event loop, and can be
// held back until the test lets it go: what a test needs to try every order of things.
class FakeComfyApi : public QObject, public ComfyApi
{
public:
    FakeComfyApi() = default;
    ~FakeComfyApi() override;

    // What the server has.
    QueueState queueState;
    QHash<PromptId, HistoryEntry> histories;
    QHash<PromptId, JobState> jobs; // of /api/jobs; what is not here is Unknown, as on servers without it
    QHash<QString, QByteArray> files; // by file name
    QByteArray catalog = QByteArrayLiteral("{}");
    SystemStats stats;

    // What it answers; an empty function is a plain success.
    std::function<Result<SubmitOutcome>(const SubmitRequest&)> onSubmit;
    std::function<void(const PromptId&)> onInterrupt;
    std::function<void(const QList<PromptId>&)> onDeleteQueued;
    QHash<QString, Error> errors; // by call: "queue", "history", "upload", "interrupt", "view" …
    qint64 cutDownloadsAfter = -1; // bytes; then the connection is lost
    QHash<QString, FileVersion> versions; // by file name; downloads of these can be resumed

    // What was asked of it, in order: "submit ID", "queue", "history ID", "upload NAME", "view NAME" …
    QStringList calls;
    QList<SubmitRequest> submitted;
    QList<UploadRequest> uploads;
    int count(const QString& call) const { return int(calls.count(call)); }

    // Calls of this name ("submit") wait, after they have had their effect, until let go.
    void hold(const QString& call) { m_held.insert(call); }
    void release(const QString& call);

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
    // co_await answered("queue"): from the event loop, and not while held.
    struct Answered {
        FakeComfyApi* api;
        QString call;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> waiting) const { api->park(call, waiting); }
        void await_resume() const noexcept { }
    };
    Answered answered(const QString& call) { return {this, call}; }
    void park(const QString& call, std::coroutine_handle<> waiting);
    std::optional<Error> errorOf(const QString& call, const CancelToken& cancel) const;
    QCoro::Task<Result<void>> plain(QString call, CancelToken cancel);

    QSet<QString> m_held;
    QList<std::pair<QString, std::coroutine_handle<>>> m_parked;
    bool m_isClosing = false;
};

} // namespace gesso::testkit
