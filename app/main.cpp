// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandline.h"
#include "app/gui/gui.h"

#include <QCoreApplication>

namespace {

// The same for the window and the commands: they share settings and caches.
void setIdentity()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Gesso"));
    QCoreApplication::setApplicationName(QStringLiteral("gesso"));
    QCoreApplication::setApplicationVersion(gesso::cli::CommandLine::version());
}

} // namespace

int main(int argc, char** argv)
{
    setIdentity();
    gesso::cli::CommandLine commandLine;
    if (const std::optional<int> done = commandLine.parse(argc, argv)) {
        return *done;
    }
    if (commandLine.wantsWindow()) {
        return gesso::runGui(argc, argv, commandLine.files());
    }
    const QCoreApplication app(argc, argv);
    return commandLine.run();
}
