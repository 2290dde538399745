// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/workflowcommand.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

namespace gesso::cli {

CLI::App& WorkflowCommand::addWithWorkflow(CLI::App& parent, const char* name, const QString& description,
                                           const char* examples)
{
    CLI::App& app = add(parent, name, description, examples);
    app.add_option("workflow", m_workflow,
                   QCoreApplication::translate("gesso::cli", "A workflow, or a picture that carries one")
                       .toStdString())
        ->required()
        ->type_name("WORKFLOW");
    m_source.declare(app);
    return app;
}

QCoro::Task<ExitCode> WorkflowCommand::run(Surroundings surroundings)
{
    const Result<WorkflowAndCatalog> loaded = co_await loadWorkflow(m_workflow, m_source, surroundings);
    if (!loaded) {
        co_return ended(surroundings.console, loaded.error());
    }
    co_return process(*loaded, surroundings);
}

} // namespace gesso::cli
