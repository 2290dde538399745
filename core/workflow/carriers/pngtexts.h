// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// PNG, also animated, known by its signature.
bool isPng(QByteArrayView head);

// The text chunks (tEXt, zTXt, iTXt; comf, which ComfyUI writes into animated PNG) and the fields of eXIf. A
// broken or truncated file gives what stands before the break. Bounded in chunks and bytes (kMaxTexts,
// kMaxTextBytes).
TextList pngTexts(ByteSource& file);

} // namespace gesso
