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

OutputCollector::OutputCollector(ComfyApi& api, OutputStore store, QObject* parent)
    : QObject(parent)
    , m_api(api)
    , m_store(std::move(store))
{
    m_pool.setMaxThreadCount(1);
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
    const auto writer = std::make_shared<DownloadWriter>(m_store, file.folder, file.fileName, m_pool);
    const QFuture<Result<void>> opening = QtConcurrent::run(&m_pool, [writer] { return writer->open(); });
    const Result<void> opened = co_await opening;
    if (!self) {
        co_return fail(runerrors::cancelled());
    }
    if (!opened) {
        co_return fail(opened.error());
    }

    ComfyApi::ByteSink sink = [writer](const QByteArray& piece) { return writer->enqueue(piece); };
    const Result<qint64> received = co_await m_api.view(file.item, std::move(sink), cancel);
    if (!self) {
        co_return fail(runerrors::cancelled());
    }
    // Committing also tells a disk error, which is the cause when the sink stopped the download.
    const bool isWhole = received.has_value();
    const QFuture<Result<QString>> ending =
        QtConcurrent::run(&m_pool, [writer, isWhole]() -> Result<QString> {
            return isWhole ? writer->commit() : writer->abandon();
        });
    const Result<QString> ended = co_await ending;
    if (!ended && ended.error().message.isEmpty()) {
        co_return fail(received.error());
    }
    co_return ended;
}

} // namespace gesso
