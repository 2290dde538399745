// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"

#include <QByteArray>

#include <optional>

namespace gesso {

// One box ("atom") of the ISO base media format: MP4, MOV, HEIF, AVIF, JPEG XL.
struct IsoBox {
    QByteArray type; // four bytes
    qint64 begin = 0; // of its content
    qint64 end = 0; // behind its content, never beyond the parent's end
    bool isWhole = true; // false if it claims more than its parent has
};

// The box at `at` of a parent that ends at `end`. Knows 64-bit sizes and the size 0 of a box that reaches to
// the end. nullopt if no box stands there; the next one starts at the `end` of the result, always further on.
std::optional<IsoBox> isoBoxAt(ByteSource& file, qint64 at, qint64 end);

} // namespace gesso
