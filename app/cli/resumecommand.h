// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/serverchoice.h"

namespace gesso::cli {

// gesso resume
class ResumeCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    ServerOptions m_server;
    bool m_resubmitLost = false;
};

} // namespace gesso::cli
