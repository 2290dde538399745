// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace gesso::cli {

// gesso completion SHELL: a completion script for a shell.
class CompletionCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    std::string m_shell;
};

} // namespace gesso::cli
