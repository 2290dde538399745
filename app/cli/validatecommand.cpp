// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/validatecommand.h"

#include "core/base/clock.h"
#include "core/form/binding.h"
#include "core/workflow/workflowcheck.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

} // namespace

void ValidateCommand::declare(CLI::App& parent)
{
    addWithWorkflow(parent, "validate", tr("Say what would keep a workflow from running"),
                    "  gesso validate portrait.json --server gpu-box\n"
                    "  gesso validate portrait.json --object-info object_info.json --json");
}

ExitCode ValidateCommand::process(const WorkflowAndCatalog& loaded, Surroundings surroundings)
{
    Console& console = surroundings.console;
    ConversionOptions options;
    options.now = surroundings.clock.now().toLocalTime();
    options.explain = true;
    const Result<Conversion> conversion = promptFor(loaded.workflow, *loaded.catalog, options);
    if (!conversion) {
        return ended(console, conversion.error());
    }
    const Diagnostics checked = checkWorkflow(loaded.workflow, *conversion, *loaded.catalog);
    const Diagnostics findings = loaded.workflow.diagnostics + checked; // the former are told already
    const auto count = [&findings](Severity severity) {
        return std::count_if(findings.begin(), findings.end(),
                             [severity](const Diagnostic& finding) { return finding.severity == severity; });
    };
    for (const Diagnostic& finding : checked) {
        console.report(finding);
    }
    const ExitCode code = hasErrors(findings) ? ExitCode::Failed : ExitCode::Done;
    console.event("done",
                  {{"errors", count(Severity::Error)},
                   {"warnings", count(Severity::Warning)},
                   {"exitCode", static_cast<int>(code)}});
    console.say(tr("errors: %1, warnings: %2").arg(count(Severity::Error)).arg(count(Severity::Warning)));
    return code;
}

} // namespace gesso::cli
