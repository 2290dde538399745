// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// JPEG XL in its container; a bare codestream has no room for texts.
bool isJxl(QByteArrayView head);

// The texts of its "Exif" and "xml " boxes. Boxes packed with Brotli ("brob") are left out: that would be one
// more library for what few savers write. Bounded in boxes and bytes (kMaxTexts, kMaxTextBytes).
TextList jxlTexts(ByteSource& file);

} // namespace gesso
