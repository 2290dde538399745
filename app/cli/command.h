// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/base/canceltoken.h"
#include "core/base/error.h"

#include <QCoroTask>
#include <QString>

namespace CLI {
class App;
}

namespace gesso {
class Clock;
}

namespace gesso::cli {

// What a command has of the world around it. Outlives the command.
struct Surroundings {
    Console& console;
    const Clock& clock;
    CancelToken interrupt; // Ctrl-C was pressed
};

// One command of `gesso`: its options, its help, and what it does.
class Command
{
public:
    virtual ~Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;

    virtual void declare(CLI::App& parent) = 0; // adds itself as a subcommand

    // Runs inside the event loop. `surroundings` and the command outlive the task.
    virtual QCoro::Task<ExitCode> run(Surroundings surroundings) = 0;

    bool wantsJson() const { return m_json; }
    bool isChosen() const; // after parsing

protected:
    Command() = default;

    // The subcommand with its description, examples under --help, and --json.
    CLI::App& add(CLI::App& parent, const char* name, const QString& description, const char* examples);

private:
    CLI::App* m_app = nullptr;
    bool m_json = false;
};

} // namespace gesso::cli
