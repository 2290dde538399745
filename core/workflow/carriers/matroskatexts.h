// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// MKV and WebM, known by their EBML header. `head` is the first 4 KiB of the file or less.
bool isMatroska(QByteArrayView head);

// The simple tags of Segment/Tags, TagName as key (lower-case for "workflow" and "prompt"). Bounded in
// elements, depth and bytes (kMaxTexts, kMaxTextBytes); a broken or truncated file gives what stands before
// the break.
TextList matroskaTexts(ByteSource& file);

} // namespace gesso
