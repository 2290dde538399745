// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/catalogsource.h"
#include "app/cli/command.h"
#include "app/cli/parameters.h"
#include "core/workflow/graphconverter.h"

namespace gesso::cli {

// gesso convert WORKFLOW: the API-format prompt on stdout.
class ConvertCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    Result<ConversionOptions> options(const Clock& clock) const;

    std::string m_workflow;
    CatalogSource m_source;
    Parameters m_parameters;
    std::string m_choices = "first";
    std::string m_seed = "0";
    bool m_explain = false;
};

} // namespace gesso::cli
