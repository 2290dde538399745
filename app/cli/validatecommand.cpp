// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/validatecommand.h"

#include "app/cli/workflowargument.h"
#include "core/base/clock.h"
#include "core/form/binding.h"
#include "core/workflow/promptvalidator.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>

namespace gesso::cli {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::cli", text);
}

Diagnostics findingsOf(const Workflow& workflow, const Conversion& conversion, const NodeCatalog& catalog)
{
    Diagnostics findings = workflow.diagnostics;
    // Both the converter and the validator know of unknown nodes; said once is enough.
    for (const Diagnostic& finding : conversion.diagnostics + validatePrompt(conversion.prompt, catalog)) {
        const bool isKnown =
            std::any_of(findings.begin(), findings.end(), [&finding](const Diagnostic& other) {
                return other.code == finding.code && other.node == finding.node
                    && other.input == finding.input;
            });
        if (!isKnown) {
            findings.append(finding);
        }
    }
    return findings;
}

} // namespace

void ValidateCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "validate", tr("Say what would keep a workflow from running"),
                        "  gesso validate portrait.json --server gpu-box\n"
                        "  gesso validate portrait.json --object-info object_info.json --json");
    app.add_option("workflow", m_workflow, tr("A workflow, or a picture that carries one").toStdString())
        ->required()
        ->type_name("WORKFLOW");
    m_source.declare(app);
}

QCoro::Task<ExitCode> ValidateCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<WorkflowAndCatalog> loaded = co_await loadWorkflow(m_workflow, m_source, surroundings);
    if (!loaded) {
        co_return ended(console, loaded.error());
    }
    ConversionOptions options;
    options.now = surroundings.clock.now().toLocalTime();
    const Result<Conversion> conversion = promptFor(loaded->workflow, *loaded->catalog, options);
    if (!conversion) {
        co_return ended(console, conversion.error());
    }
    const Diagnostics findings = findingsOf(loaded->workflow, *conversion, *loaded->catalog);
    const auto count = [&findings](Severity severity) {
        return std::count_if(findings.begin(), findings.end(),
                             [severity](const Diagnostic& finding) { return finding.severity == severity; });
    };
    for (const Diagnostic& finding : findings) {
        console.report(finding);
    }
    const ExitCode code = hasErrors(findings) ? ExitCode::Failed : ExitCode::Done;
    console.event("done",
                  {{"errors", count(Severity::Error)},
                   {"warnings", count(Severity::Warning)},
                   {"exitCode", static_cast<int>(code)}});
    console.say(tr("%1 errors, %2 warnings").arg(count(Severity::Error)).arg(count(Severity::Warning)));
    co_return code;
}

} // namespace gesso::cli
