// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// WebP, known by its RIFF header.
bool isWebp(QByteArrayView head);

// The texts of its EXIF and XMP chunks (see exiftexts.h, xmptexts.h). A broken or truncated file gives what
// stands before the break. Bounded in chunks and bytes (kMaxTexts, kMaxTextBytes).
TextList webpTexts(ByteSource& file);

} // namespace gesso
