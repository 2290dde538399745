// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// MP4, MOV, M4A, M4V and 3GP, known by their "ftyp" box. False for the pictures of the same family (AVIF,
// HEIF), which heiftexts.h reads. `head` is the first 4 KiB of the file or less.
bool isIsoMedia(QByteArrayView head);

// The texts of moov/udta/meta and moov/meta ("mdta" keys of ffmpeg and ComfyUI, and "ilst" comments). A text
// that is one JSON object with "prompt" and "workflow" is given whole under its own key: the registry takes
// it apart. Bounded in boxes, depth and bytes (kMaxTexts, kMaxTextBytes); a broken or truncated file gives
// what stands before the break.
TextList isoMediaTexts(ByteSource& file);

} // namespace gesso
