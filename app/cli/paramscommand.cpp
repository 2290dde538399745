// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/paramscommand.h"

#include "app/cli/formjson.h"
#include "app/cli/workflowargument.h"
#include "core/form/formbuilder.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

void ParamsCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "params", tr("Print the form of a workflow as JSON"),
                        "  gesso params portrait.json\n"
                        "  gesso params portrait.json --server gpu-box | jq '.groups[0].fields[].key'");
    app.add_option("workflow", m_workflow, tr("A workflow, or a picture that carries one").toStdString())
        ->required()
        ->type_name("WORKFLOW");
    m_source.declare(app);
}

QCoro::Task<ExitCode> ParamsCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<WorkflowAndCatalog> loaded = co_await loadWorkflow(m_workflow, m_source, surroundings);
    if (!loaded) {
        co_return ended(console, loaded.error());
    }
    const Form form = buildForm(loaded->workflow, *loaded->catalog);
    if (console.isJson()) {
        console.event("form", {{"form", formToJson(form)}});
    } else {
        console.print(writeJson(formToJson(form), 2) + '\n');
    }
    co_return ExitCode::Done;
}

} // namespace gesso::cli
