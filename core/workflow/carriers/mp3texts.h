// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// MP3, known by its ID3v2 tag or two MPEG frames. `head` is the first 4 KiB of the file or less.
bool isMp3(QByteArrayView head);

// User texts (TXXX, their description as key) and comments of ID3v2, within kMaxTexts and kMaxTextBytes.
TextList mp3Texts(ByteSource& file);

} // namespace gesso
