// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/catalogsource.h"

#include "app/cli/boundedfile.h"
#include "core/demo/demoserver.h"
#include "core/workflow/carriers/embeddedtext.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

constexpr qint64 kMaxFileBytes = 256LL * 1024 * 1024; // as much as NodeCatalog takes

// Any JSON object can be indexed; one that defines no node was saved from elsewhere.
bool definesNodes(const NodeCatalog& catalog)
{
    const QStringList types = catalog.types();
    return std::any_of(types.begin(), types.end(), [&catalog](const QString& type) {
        const NodeDefinition* definition = catalog.find(type);
        return definition
            && (!definition->inputs.isEmpty() || !definition->outputs.isEmpty()
                || !definition->category.isEmpty() || definition->isOutputNode);
    });
}

Result<NodeCatalogPtr> catalogFromFile(const QString& path)
{
    const Result<QByteArray> bytes = readBounded(path, kMaxFileBytes);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto catalog = NodeCatalog::parse(toUtf8(*bytes)); // shells write UTF-16, or a byte order mark
    if (catalog && !definesNodes(**catalog)) {
        catalog = fail(ErrorKind::Unreadable, tr("It defines no node."));
    }
    if (!catalog) {
        return fail(catalog.error().kind,
                    tr("%1 is not a saved /object_info: %2").arg(path, catalog.error().message),
                    tr("Save what http://SERVER:8188/object_info answers, whole."), catalog.error().detail);
    }
    return *catalog;
}

} // namespace

void CatalogSource::declare(CLI::App& app)
{
    server.declare(app);
    app.add_option(
           "--object-info", objectInfo,
           tr("Node definitions from a file (a saved GET /object_info) instead of a server").toStdString())
        ->type_name("FILE")
        ->excludes("--server");
}

QCoro::Task<Result<LoadedCatalog>> loadCatalog(CatalogSource source, const Clock* clock, CancelToken cancel)
{
    if (!source.objectInfo.empty()) {
        const Result<NodeCatalogPtr> catalog = catalogFromFile(QString::fromStdString(source.objectInfo));
        if (!catalog) {
            co_return fail(catalog.error());
        }
        co_return LoadedCatalog{*catalog, {}, {}};
    }
    Result<ChosenServer> chosen = co_await chooseServer(source.server, clock, cancel);
    if (!chosen) {
        co_return fail(chosen.error());
    }
    co_return LoadedCatalog{chosen->session->catalog(), chosen->name(),
                            chosen->session->profile().url.toString()};
}

} // namespace gesso::cli
