// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/serverchoice.h"
#include "viewmodels/diagnostics/checkresult.h"

namespace gesso::cli {

// gesso doctor
class DoctorCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    ExitCode conclude(Console& console, const CheckResults& results, bool isReached,
                      const Clock& clock) const;

    ServerOptions m_server;
    std::string m_bundle;
};

} // namespace gesso::cli
