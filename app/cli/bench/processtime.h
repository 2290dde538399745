// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gesso::cli {

double processCpuSeconds(); // of all threads, in the program and in the system for it

} // namespace gesso::cli
