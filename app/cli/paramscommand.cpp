// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/paramscommand.h"

#include "app/cli/formjson.h"
#include "core/form/formbuilder.h"

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
    addWithWorkflow(parent, "params", tr("Print the form of a workflow as JSON"),
                    "  gesso params portrait.json\n"
                    "  gesso params portrait.json --server gpu-box | jq '.groups[0].fields[].key'");
}

ExitCode ParamsCommand::process(const WorkflowAndCatalog& loaded, Surroundings surroundings)
{
    const Form form = buildForm(loaded.workflow, *loaded.catalog);
    Console& console = surroundings.console;
    if (console.isJson()) {
        console.event("form", {{"form", formToJson(form)}});
    } else {
        console.print(writeJson(formToJson(form), 2) + '\n');
    }
    return ExitCode::Done;
}

} // namespace gesso::cli
