// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/convertcommand.h"

#include "app/cli/workflowargument.h"
#include "core/base/clock.h"
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

void ConvertCommand::declare(CLI::App& parent)
{
    CLI::App& app = add(parent, "convert", tr("Print the API-format prompt a workflow becomes"),
                        "  gesso convert portrait.json > prompt.json\n"
                        "  gesso convert portrait.json --object-info object_info.json -p Steps=30\n"
                        "  gesso convert portrait.json --choices random --seed 7");
    app.add_option("workflow", m_workflow, tr("A workflow, or a picture that carries one").toStdString())
        ->required()
        ->type_name("WORKFLOW");
    m_source.declare(app);
    m_parameters.declare(app);
    app.add_option("--choices", m_choices, tr("Which option of {a|b} is taken").toStdString())
        ->type_name("RULE")
        ->check(CLI::IsMember({"first", "last", "random"}))
        ->capture_default_str();
    app.add_option("--seed", m_seed, tr("Seed of --choices random").toStdString())
        ->type_name("N")
        ->capture_default_str();
    app.add_flag(
        "--explain", m_explain,
        tr("Say on stderr which nodes are left out, and which values come from elsewhere").toStdString());
}

QCoro::Task<ExitCode> ConvertCommand::run(Surroundings surroundings)
{
    Console& console = surroundings.console;
    const Result<ConversionOptions> rules = options(surroundings.clock);
    if (!rules) {
        co_return ended(console, rules.error());
    }
    Result<WorkflowAndCatalog> loaded = co_await loadWorkflow(m_workflow, m_source, surroundings);
    if (!loaded) {
        co_return ended(console, loaded.error());
    }
    Form form = buildForm(loaded->workflow, *loaded->catalog);
    if (const auto uploads = applyParameters(m_parameters, loaded->workflow, *loaded->catalog, form);
        !uploads) {
        co_return ended(console, uploads.error());
    }
    const Result<Conversion> conversion = promptFor(loaded->workflow, *loaded->catalog, *rules);
    if (!conversion) {
        co_return ended(console, conversion.error());
    }
    for (const Diagnostic& finding : conversion->diagnostics) {
        if (m_explain || console.isJson() || finding.severity != Severity::Info) {
            console.report(finding);
        }
    }
    for (const Explanation& explanation : conversion->explanations) {
        console.report(explanation);
    }
    if (hasErrors(conversion->diagnostics)) {
        co_return ended(console,
                        {ErrorKind::InvalidWorkflow,
                         tr("%1 cannot be converted.").arg(loaded->workflow.title),
                         tr("See the findings above."),
                         {}});
    }
    if (console.isJson()) {
        console.event("prompt", {{"prompt", toJson(conversion->prompt)}});
    } else {
        console.print(writeJson(toJson(conversion->prompt), 2) + '\n');
    }
    co_return ExitCode::Done;
}

Result<ConversionOptions> ConvertCommand::options(const Clock& clock) const
{
    ConversionOptions rules;
    rules.choices = m_choices == "last" ? ChoiceRule::Last
        : m_choices == "random"         ? ChoiceRule::Random
                                        : ChoiceRule::First;
    bool ok = false;
    rules.randomSeed = QString::fromStdString(m_seed).toULongLong(&ok);
    if (!ok) {
        return fail(ErrorKind::Usage,
                    tr("--seed takes a whole number, not \"%1\".").arg(QString::fromStdString(m_seed)),
                    tr("Allowed is 0 to 18446744073709551615."));
    }
    rules.now = clock.now().toLocalTime();
    rules.explain = m_explain;
    return rules;
}

} // namespace gesso::cli
