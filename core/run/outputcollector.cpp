// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/outputcollector.h"

#include "core/comfy/comfyapi.h"
#include "core/run/downloadwriter.h"
#include "core/run/runerrors.h"

#include <QCoroFuture>
#include <QDir>
#include <QPointer>
#include <QtConcurrent>

namespace gesso {

namespace {

// So much, and a download that was cut is simply gone on with: large files over bad lines end in the end.
constexpr qint64 goodProgressBytes = 256 * 1024;
// Files that end together are flushed together: the disk then writes its own journal once for all.
constexpr int diskThreads = 4;

} // namespace

OutputCollector::OutputCollector(ComfyApi& api, OutputStore store, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_store(std::move(store))
{
    m_pool.setMaxThreadCount(diskThreads);
}

OutputCollector::~OutputCollector()
{
    m_pool.waitForDone();
}

QCoro::Task<void> OutputCollector::prepareFolder(QString folder)
{
    if (folder.isEmpty() || m_preparedFolders.contains(folder)) {
        co_return;
    }
    m_preparedFolders.insert(folder);
    const QFuture<void> prepared = QtConcurrent::run(&m_pool, [store = m_store, folder] {
        QDir().mkpath(folder);
        store.sweep(folder);
    });
    co_await prepared;
}

QCoro::Task<Result<QString>> OutputCollector::save(PlannedFile file, CancelToken cancel)
{
    const QPointer<OutputCollector> self(this);
    for (;;) {
        const Attempt done = co_await attempt(file, cancel);
        const bool isGoingOn = done.progress >= goodProgressBytes && !cancel.isCancelled();
        if (!self || done.saved || !isGoingOn) {
            const Result<QString> saved = done.saved;
            co_return saved;
        }
    }
}

QCoro::Task<OutputCollector::Attempt> OutputCollector::attempt(PlannedFile file, CancelToken cancel)
{
    const QPointer<OutputCollector> self(this);
    const auto writer = std::make_shared<DownloadWriter>(m_store, file, m_pool);
    const QFuture<Result<DownloadWriter::Start>> opening =
        QtConcurrent::run(&m_pool, [writer] { return writer->open(); });
    const Result<DownloadWriter::Start> start = co_await opening;
    if (!self) {
        co_return Attempt{fail(runerrors::cancelled()), 0};
    }
    if (!start) {
        co_return Attempt{fail(start.error()), 0};
    }

    ViewRange range;
    range.from = start->bytes;
    range.version = start->version;
    range.onHead = [writer](const ViewHead& head) {
        return head.from > 0 || writer->startOver(head.version);
    };
    ComfyApi::ByteSink sink = [writer](const QByteArray& piece) { return writer->enqueue(piece); };
    const Result<qint64> received = co_await m_api.view(file.item, std::move(sink), cancel, range);
    if (!self) {
        co_return Attempt{fail(runerrors::cancelled()), 0};
    }
    if (received) {
        const QFuture<Result<QString>> ending =
            QtConcurrent::run(&m_pool, [writer] { return writer->commit(); });
        const Result<QString> path = co_await ending;
        co_return Attempt{path, 0};
    }
    // A disk error is the cause when the sink stopped the download.
    const bool isKept = isRetryable(received.error().kind);
    const QFuture<Result<qint64>> ending =
        QtConcurrent::run(&m_pool, [writer, isKept] { return writer->abandon(isKept); });
    const Result<qint64> left = co_await ending;
    if (!left) {
        co_return Attempt{fail(left.error()), 0};
    }
    co_return Attempt{fail(received.error()), isKept ? *left - start->bytes : 0};
}

} // namespace gesso
