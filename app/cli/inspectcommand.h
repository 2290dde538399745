// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/workflow/carriers/carriers.h"

namespace gesso::cli {

// gesso inspect FILE: what a picture, film, sound or model carries, and what it was made with.
class InspectCommand final : public Command
{
public:
    void declare(CLI::App& parent) override;
    QCoro::Task<ExitCode> run(Surroundings surroundings) override;

private:
    ExitCode describe(const EmbeddedTexts& found, Console& console) const;
    ExitCode printDocument(const EmbeddedTexts& found, Console& console) const;
    QString name() const;

    std::string m_file;
    bool m_workflow = false;
    bool m_prompt = false;
};

} // namespace gesso::cli
