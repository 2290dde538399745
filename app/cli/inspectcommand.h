// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace gesso::cli {

// gesso inspect FILE: the workflow and prompt found in a picture.
class InspectCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    std::string m_file;
};

} // namespace gesso::cli
