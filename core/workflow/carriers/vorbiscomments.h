// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/textcollector.h"

namespace gesso {

// The comments of a Vorbis comment block (FLAC, Vorbis, Opus) in their order: vendor, count, then "NAME=text"
// each after its length. A broken block gives what stands before the break. Why not TagLib's XiphComment: it
// sorts the comments, empties those that are not valid UTF-8, and takes hundreds of bytes of memory for a
// comment of six.
void addVorbisComments(QByteArrayView block, TextCollector& texts);

} // namespace gesso
