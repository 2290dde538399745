// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// Ogg Vorbis and Opus, known by "OggS". `head` is the first 4 KiB of the file or less.
bool isOgg(QByteArrayView head);

// The Vorbis comments (keys lower-case for "workflow" and "prompt"), within kMaxTexts and kMaxTextBytes.
TextList oggTexts(ByteSource& file);

} // namespace gesso
