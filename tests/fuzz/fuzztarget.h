// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>

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

// For targets that read files.
inline void writeFile(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush());
}

} // namespace gesso::fuzzing
