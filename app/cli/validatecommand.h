// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogsource.h"
#include "app/cli/command.h"

namespace gesso::cli {

// gesso validate WORKFLOW: what would keep it from running.
class ValidateCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    std::string m_workflow;
    CatalogSource m_source;
};

} // namespace gesso::cli
