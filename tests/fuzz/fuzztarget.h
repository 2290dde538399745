// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

// What each target defines: one attempt with any bytes. It must neither crash nor hang nor take much memory.
void fuzz(const QByteArray& bytes);

namespace gesso::fuzzing {

// Ends the program, which libFuzzer takes as a finding, unless the condition holds.
inline void require(bool holds)
{
    if (!holds) {
        __builtin_trap();
    }
}

} // namespace gesso::fuzzing
