// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/fakecomfyapi.h"

#include <utility>

namespace gesso::testkit {

namespace {

constexpr qsizetype pieceBytes = 1000;

// QCoro 0.8 moves from whatever is after co_return, members too, when it has to be converted: a copy is made
// first.
template <typename T> Result<T> copyOf(const T& value)
{
    return value;
}

} // namespace

FakeComfyApi::~FakeComfyApi()
{
    m_isClosing = true;
    for (const auto& [call, waiting] : std::exchange(m_parked, {})) {
        waiting.resume();
    }
}

void FakeComfyApi::park(const QString& call, std::coroutine_handle<> waiting)
{
    m_parked.append({call, waiting});
    if (!m_held.contains(call)) {
        QMetaObject::invokeMethod(
            this,
            [this, call, waiting] {
                if (m_parked.removeOne(std::pair(call, waiting))) {
                    waiting.resume();
                }
            },
            Qt::QueuedConnection);
    }
}

void FakeComfyApi::release(const QString& call)
{
    m_held.remove(call);
    for (qsizetype i = m_parked.size() - 1; i >= 0; --i) {
        if (i < m_parked.size() && m_parked[i].first == call) {
            m_parked.takeAt(i).second.resume();
        }
    }
}

std::optional<Error> FakeComfyApi::errorOf(const QString& call, const CancelToken& cancel) const
{
    if (cancel.isCancelled() || m_isClosing) {
        return Error{ErrorKind::Cancelled, QStringLiteral("Cancelled."), {}, {}};
    }
    const auto error = errors.constFind(call);
    return error == errors.constEnd() ? std::nullopt : std::optional(*error);
}

QCoro::Task<Result<void>> FakeComfyApi::plain(QString call, CancelToken cancel)
{
    co_await answered(call);
    if (const auto error = errorOf(call, cancel)) {
        co_return fail(*error);
    }
    co_return Result<void>{};
}

QCoro::Task<Result<SystemStats>> FakeComfyApi::systemStats(CancelToken cancel)
{
    calls.append(QStringLiteral("systemStats"));
    const Result<void> result = co_await plain(QStringLiteral("systemStats"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return copyOf(stats);
}

QCoro::Task<Result<Json>> FakeComfyApi::features(CancelToken cancel)
{
    calls.append(QStringLiteral("features"));
    const Result<void> result = co_await plain(QStringLiteral("features"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return Result<Json>(Json::object());
}

QCoro::Task<Result<QByteArray>> FakeComfyApi::objectInfo(CancelToken cancel)
{
    calls.append(QStringLiteral("objectInfo"));
    const Result<void> result = co_await plain(QStringLiteral("objectInfo"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return copyOf(catalog);
}

QCoro::Task<Result<SubmitOutcome>> FakeComfyApi::submit(SubmitRequest request, CancelToken cancel)
{
    calls.append(QStringLiteral("submit ") + request.promptId.toString());
    submitted.append(request);
    SubmitAnswer accepted;
    accepted.promptId = request.promptId;
    accepted.number = double(submitted.size());
    const Result<SubmitOutcome> outcome = onSubmit ? onSubmit(request) : Result<SubmitOutcome>(accepted);
    const Result<void> result = co_await plain(QStringLiteral("submit"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return outcome;
}

QCoro::Task<Result<QueueState>> FakeComfyApi::queue(CancelToken cancel)
{
    calls.append(QStringLiteral("queue"));
    const Result<void> result = co_await plain(QStringLiteral("queue"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return copyOf(queueState);
}

QCoro::Task<Result<std::optional<HistoryEntry>>> FakeComfyApi::history(PromptId id, CancelToken cancel)
{
    calls.append(QStringLiteral("history ") + id.toString());
    const Result<void> result = co_await plain(QStringLiteral("history"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    const auto entry = histories.constFind(id);
    co_return entry == histories.constEnd() ? std::optional<HistoryEntry>()
                                            : std::optional<HistoryEntry>(*entry);
}

QCoro::Task<JobState> FakeComfyApi::job(PromptId id, CancelToken cancel)
{
    calls.append(QStringLiteral("job ") + id.toString());
    const Result<void> result = co_await plain(QStringLiteral("job"), cancel);
    co_return result ? jobs.value(id, JobState::Unknown) : JobState::Unknown;
}

QCoro::Task<Result<void>> FakeComfyApi::interrupt(PromptId id, CancelToken cancel)
{
    calls.append(QStringLiteral("interrupt ") + id.toString());
    if (onInterrupt) {
        onInterrupt(id);
    }
    return plain(QStringLiteral("interrupt"), cancel);
}

QCoro::Task<Result<void>> FakeComfyApi::deleteQueued(QList<PromptId> ids, CancelToken cancel)
{
    calls.append(QStringLiteral("deleteQueued ") + ids.first().toString());
    if (onDeleteQueued) {
        onDeleteQueued(ids);
    } else {
        queueState.pending.removeIf([&](const QueueEntry& entry) { return ids.contains(entry.promptId); });
    }
    return plain(QStringLiteral("deleteQueued"), cancel);
}

QCoro::Task<Result<UploadedFile>> FakeComfyApi::upload(UploadRequest request, CancelToken cancel)
{
    calls.append(QStringLiteral("upload ") + request.name);
    uploads.append(request);
    const Result<void> result = co_await plain(QStringLiteral("upload"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return UploadedFile{u"server-" + request.name, QStringLiteral("sub"), QStringLiteral("input")};
}

QCoro::Task<Result<qint64>> FakeComfyApi::view(OutputItem file, ByteSink sink, CancelToken cancel,
                                               ViewRange range)
{
    const QString name = QStringLiteral("view");
    calls.append(name + u' ' + file.filename);
    const QByteArray bytes = files.value(file.filename);
    const FileVersion version = versions.value(file.filename);
    const qint64 from = range.from > 0 && isSameState(version, range.version) ? range.from : 0;
    if (from > 0) {
        calls.append(QStringLiteral("view from %1").arg(from));
    }
    if (range.onHead && !bytes.isEmpty() && !range.onHead({from, version})) {
        co_return fail(ErrorKind::Cancelled, QStringLiteral("Stopped."));
    }
    for (qsizetype at = from; at < bytes.size(); at += pieceBytes) {
        const Result<void> result = co_await plain(name, cancel);
        if (!result) {
            co_return fail(result.error());
        }
        if (cutDownloadsAfter >= 0 && at - from >= cutDownloadsAfter) {
            co_return fail(ErrorKind::Unreachable, QStringLiteral("The connection was lost."));
        }
        if (!sink(bytes.mid(at, pieceBytes))) {
            co_return fail(ErrorKind::Cancelled, QStringLiteral("Stopped."));
        }
    }
    const Result<void> result = co_await plain(name, cancel);
    if (!result) {
        co_return fail(result.error());
    }
    if (!files.contains(file.filename)) {
        co_return fail(ErrorKind::NotFound, QStringLiteral("There is no %1.").arg(file.filename));
    }
    co_return qint64(bytes.size());
}

QCoro::Task<Result<void>> FakeComfyApi::freeMemory(bool, CancelToken cancel)
{
    calls.append(QStringLiteral("freeMemory"));
    return plain(QStringLiteral("freeMemory"), cancel);
}

QCoro::Task<Result<QStringList>> FakeComfyApi::models(QString folder, CancelToken cancel)
{
    calls.append(QStringLiteral("models ") + folder);
    const Result<void> result = co_await plain(QStringLiteral("models"), cancel);
    if (!result) {
        co_return fail(result.error());
    }
    co_return QStringList{};
}

} // namespace gesso::testkit
