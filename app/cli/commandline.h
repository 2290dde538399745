// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace gesso::cli {

// The whole command line of `gesso`.
class CommandLine
{
public:
    CommandLine();
    ~CommandLine();

    // What to do with these arguments: an exit code if it is done already (help, version, wrong usage); else
    // open the window, or run a command.
    std::optional<int> parse(int argc, char** argv);
    bool wantsWindow() const;
    QStringList files() const; // to open in the window

    int run(); // the chosen command; needs a QCoreApplication

    static QString version();

private:
    Command* chosen() const;
    std::optional<int> keptFromWindow(bool json) const;
    int reportUsage(bool json, const QString& message) const;

    std::unique_ptr<CLI::App> m_app;
    std::vector<std::unique_ptr<Command>> m_commands;
    CLI::App* m_gui = nullptr;
    std::vector<std::string> m_files;
    std::vector<std::string> m_guiFiles;
};

} // namespace gesso::cli
