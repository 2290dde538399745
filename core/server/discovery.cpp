// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/discovery.h"

#include "core/comfy/comfyclient.h"

#include <memory>
#include <vector>

namespace gesso {

namespace {

QCoro::Task<bool> isComfy(QUrl url, int waitMs, CancelToken cancel)
{
    ComfyClientLimits limits;
    limits.general.totalMs = waitMs;
    // Not destroyed from inside the end of its own call.
    const auto destroyLater = [](ComfyClient* done) { done->deleteLater(); };
    const std::shared_ptr<ComfyClient> client(new ComfyClient(url, QString(), nullptr, limits), destroyLater);
    const Result<SystemStats> stats = co_await client->systemStats(cancel);
    // An answer that decodes may still be any JSON: a ComfyUI says its version, or at least its system.
    co_return stats && (!stats->version.isEmpty() || !stats->os.isEmpty());
}

} // namespace

QList<QUrl> usualLocalServers()
{
    QList<QUrl> urls;
    for (const int port : {8188, 8000, 8189, 8190}) {
        QUrl url(QStringLiteral("http://127.0.0.1"));
        url.setPort(port);
        urls.append(url);
    }
    return urls;
}

QCoro::Task<QUrl> discoverServer(QList<QUrl> candidates, int waitMs, CancelToken cancel)
{
    std::vector<QCoro::Task<bool>> probes;
    for (const QUrl& url : std::as_const(candidates)) {
        probes.push_back(isComfy(url, waitMs, cancel));
    }
    QUrl found;
    for (std::size_t i = 0; i < probes.size(); ++i) {
        const bool answers = co_await probes[i]; // every one, so that none is left behind
        if (answers && !found.isValid()) {
            found = candidates[qsizetype(i)];
        }
    }
    co_return found;
}

} // namespace gesso
