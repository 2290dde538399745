// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/embeddedtext.h"

namespace gesso {

// The texts of an EXIF block (with or without its "Exif\0\0" prefix), either byte order:
// - texts as ComfyUI has them written into any ASCII field (Make, Model and those before): "workflow:{…}",
//   "prompt:{…}", under that key;
// - other descriptive fields under their EXIF names: "ImageDescription", "Make", "Model", "Software",
// "Artist",
//   "XPComment" …;
// - "UserComment", in which A1111, Forge and SwarmUI put their parameters, its ASCII, UNICODE or JIS prefix
// obeyed. Reads the first directory and the one of EXIF, each once: links in circles and to the outside are
// not followed.
TextList exifTexts(QByteArrayView block);

// The same from an "Exif" item of HEIF or box of JPEG XL: four bytes say how far on the block begins.
TextList exifItemTexts(QByteArrayView item);

} // namespace gesso
