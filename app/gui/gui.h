// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gesso {

// Opens the window and runs it until it is closed; makes the QApplication itself. `files`: the first one is
// opened, as if chosen in the window. Returns the process's exit code.
int runGui(int argc, char** argv, const QStringList& files);

} // namespace gesso
