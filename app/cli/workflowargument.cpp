// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/workflowargument.h"

#include "core/workflow/reader.h"

#include <QCoreApplication>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

void announce(Console& console, const LoadedCatalog& loaded)
{
    if (loaded.server.isEmpty()) {
        return;
    }
    const bool isDemo = loaded.server == QLatin1String("demo");
    console.event("server",
                  {{"server", toJson(loaded.server)}, {"url", toJson(loaded.url)}, {"demo", isDemo}});
    if (isDemo) {
        console.say(tr("No server found: the node definitions are those of the built-in demo server."));
    }
}

} // namespace

QCoro::Task<Result<WorkflowAndCatalog>> loadWorkflow(std::string path, CatalogSource source,
                                                     Surroundings surroundings)
{
    Result<Workflow> workflow = readWorkflowFile(QString::fromStdString(path));
    if (!workflow) {
        co_return fail(workflow.error());
    }
    const Result<LoadedCatalog> loaded =
        co_await loadCatalog(source, &surroundings.clock, surroundings.interrupt);
    if (!loaded) {
        co_return fail(loaded.error());
    }
    announce(surroundings.console, *loaded);
    reportReading(surroundings.console, *workflow);
    co_return WorkflowAndCatalog{std::move(*workflow), loaded->catalog};
}

void reportReading(Console& console, const Workflow& workflow)
{
    for (const Diagnostic& finding : workflow.diagnostics) {
        console.report(finding);
    }
}

ExitCode ended(Console& console, const Error& error)
{
    console.report(error);
    return exitCodeFor(error.kind);
}

} // namespace gesso::cli
