// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// JPEG, known by its first marker.
bool isJpeg(QByteArrayView head);

// The texts of its EXIF and XMP (also the extended packet over several segments), and its comments under
// "comment". Reads the segments before the picture; a broken or truncated file gives what stands before the
// break. Bounded in segments and bytes (kMaxTexts, kMaxTextBytes).
TextList jpegTexts(ByteSource& file);

} // namespace gesso
