// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/catalogcache.h"

#include "core/base/log.h"

#include <QCoroFuture>
#include <QThreadPool>
#include <QtConcurrent>

#include <memory>
#include <utility>

namespace gesso {

namespace {

constexpr qint64 maxCacheBytes = 256LL * 1024 * 1024;

NodeCatalogPtr loadCatalog(const QString& folder, const QString& name)
{
    std::optional<QByteArray> bytes = Cache(folder, maxCacheBytes).get(name);
    return bytes ? NodeCatalog::parse(std::move(*bytes)).value_or(nullptr) : nullptr;
}

void keepCatalog(const NodeCatalogPtr& catalog, const QString& folder, const QString& name)
{
    const Result<void> kept = Cache(folder, maxCacheBytes).put(name, catalog->json());
    if (!kept) {
        log::warning(log::Category::Store,
                     QStringLiteral("catalogue not cached: %1").arg(kept.error().message));
    }
}

Result<NodeCatalogPtr> parseUnlessSame(QByteArray bytes, const NodeCatalogPtr& current)
{
    const bool isSame = current && current->size() > 0 && current->json() == bytes;
    return isSame ? current : NodeCatalog::parse(std::move(bytes));
}

} // namespace

CatalogCache::CatalogCache(QString folder, const ServerProfile& server)
    : m_folder(std::move(folder))
    // The demo server has another port each time and always the same nodes.
    , m_name(QStringLiteral("object_info ")
             + (server.isDemo ? QStringLiteral("demo") : server.url.toString(QUrl::RemoveUserInfo)))
{
}

QCoro::Task<NodeCatalogPtr> CatalogCache::load() const
{
    if (m_folder.isEmpty()) {
        co_return NodeCatalogPtr();
    }
    const QFuture<NodeCatalogPtr> loading = QtConcurrent::run(loadCatalog, m_folder, m_name);
    co_return co_await loading;
}

QCoro::Task<Result<NodeCatalogPtr>> CatalogCache::refresh(QByteArray objectInfo, NodeCatalogPtr current) const
{
    const QString folder = m_folder;
    const QString name = m_name;
    // The text is handed on, never shared: the catalogue keeps it, and would have to copy what others hold.
    const auto text = std::make_shared<QByteArray>(std::move(objectInfo));
    const QFuture<Result<NodeCatalogPtr>> parsing =
        QtConcurrent::run([text, current] { return parseUnlessSame(std::move(*text), current); });
    Result<NodeCatalogPtr> parsed = co_await parsing;
    if (parsed && *parsed != current && !folder.isEmpty()) {
        QThreadPool::globalInstance()->start(
            [catalog = *parsed, folder, name] { keepCatalog(catalog, folder, name); });
    }
    if (!parsed) { // a server's answer, not a file of this machine
        Error error = parsed.error();
        error.kind = ErrorKind::Protocol;
        co_return fail(std::move(error));
    }
    co_return parsed;
}

} // namespace gesso
