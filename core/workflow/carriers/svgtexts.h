// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// SVG, known by its first element; with a byte order mark, comments or a document type before it as well.
bool isSvg(QByteArrayView head);

// The text of its <metadata> elements, under "metadata": ComfyUI's SaveSVGNode puts a JSON object with
// "prompt" and "workflow" there. Entities the file declares are not expanded. Reads as far as kMaxTextBytes.
TextList svgTexts(ByteSource& file);

} // namespace gesso
