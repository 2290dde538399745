// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// glTF 2 in its binary form, known by "glTF".
bool isGlb(QByteArrayView head);

// The members of asset.extras in its JSON chunk, where ComfyUI's SaveGLB puts "prompt" and "workflow": texts
// as they are, other values as JSON.
TextList glbTexts(ByteSource& file);

} // namespace gesso
