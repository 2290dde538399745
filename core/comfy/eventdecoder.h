// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/comfy/comfyevent.h"

namespace gesso {

// Frames to events. Pure; never throws; hostile bytes give an Error{Protocol} or an UnknownEvent.
// Binary integers are big-endian unsigned 32 bit (protocol.md, 3).
Result<ComfyEvent> decodeTextFrame(QByteArrayView utf8);
Result<ComfyEvent> decodeBinaryFrame(const QByteArray& frame);

// Whether the time it takes does not grow with the frame: a preview is only copied, whatever its size.
bool isPreviewFrame(const QByteArray& frame);

} // namespace gesso
