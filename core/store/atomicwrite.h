// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace gesso {

// Why a file could not be written; the words for a person are its writer's.
struct WriteFailure {
    ErrorKind kind = ErrorKind::DiskError; // or DiskFull
    QString reason; // in the system's words

    bool isFull() const { return kind == ErrorKind::DiskFull; }
};

// Writes all of `bytes` under `path`, or nothing: an older file stays until the new one is whole. nullopt:
// written. Any thread. Blocks on the disk.
std::optional<WriteFailure> writeAtomically(const QString& path, const QByteArray& bytes);

} // namespace gesso
