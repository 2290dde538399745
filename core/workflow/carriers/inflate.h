// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace gesso {

// Inflates a zlib stream to at most `maxBytes`; nullopt if it is broken or larger. Why not qUncompress: it
// believes the size that the data claims and has no limit, so a few bytes can ask for gigabytes.
std::optional<QByteArray> inflateBounded(QByteArrayView zlibStream, qsizetype maxBytes);

} // namespace gesso
