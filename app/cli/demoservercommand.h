// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/demo/faults.h"

namespace gesso::cli {

// gesso demo-server: the built-in server, until Ctrl-C.
class DemoServerCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    Result<demo::Faults> faults() const;

    int m_port = 8188;
    std::string m_folder;
    int m_stepDelay = 40;
    std::vector<std::string> m_faults;
};

} // namespace gesso::cli
