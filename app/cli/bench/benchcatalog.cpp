// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/benchcatalog.h"

#include "core/server/serversession.h"

#include <QDateTime>
#include <QElapsedTimer>

namespace gesso::cli {

QCoro::Task<void> benchCatalog(ServerSession* session, BenchReport* report, CancelToken cancel)
{
    QElapsedTimer timer;
    timer.start();
    const Result<void> read = co_await session->refreshCatalog(cancel);
    if (!read) {
        report->note(read.error());
        ++report->failed;
        co_return;
    }
    const NodeCatalogPtr catalog = session->catalog();
    report->isUsable = catalog->find(QStringLiteral("KSampler")) != nullptr;
    constexpr double kNsPerMs = 1e6;
    report->loadMs = double(timer.nsecsElapsed()) / kNsPerMs;
    report->nodes = qint64(catalog->size());
    report->resultMs = QDateTime::currentMSecsSinceEpoch();
    ++report->completed;
}

} // namespace gesso::cli
