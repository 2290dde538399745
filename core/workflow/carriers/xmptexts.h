// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// The texts of an XMP packet: each attribute and each element that holds only text, under its local name
// without prefix ("description", "UserComment", "workflow"); of lists the items, under the list's name.
// Entities a packet declares itself are not expanded, so a few bytes cannot become gigabytes. A broken packet
// gives what stands before the break.
TextList xmpTexts(QByteArrayView packet);

} // namespace gesso
