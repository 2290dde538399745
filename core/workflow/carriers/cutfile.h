// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"

namespace gesso {

// Whether a file ends before its own format says it does: a download that was broken off, a copy onto a full
// disk. Each for one family of formats, which the file must be of; false where in doubt.
bool isCutPng(ByteSource& file); // no IEND
bool isCutRiff(ByteSource& file); // WebP
bool isCutBoxes(ByteSource& file); // MP4, MOV, HEIF, AVIF, JPEG XL in boxes
bool isCutGlb(ByteSource& file);

} // namespace gesso
