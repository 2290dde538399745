// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// AVIF and HEIF: pictures in the boxes of MP4, known by the brands of their "ftyp" box.
bool isAvif(QByteArrayView head);
bool isHeif(QByteArrayView head); // both

// The texts of its "Exif" and XMP ("application/rdf+xml") items, found through iinf and iloc. Items put
// together from other items, or that stand in another file, are left out. Bounded in boxes, items and bytes.
TextList heifTexts(ByteSource& file);

} // namespace gesso
