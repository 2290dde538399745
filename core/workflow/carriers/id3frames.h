// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"

#include <QByteArray>

#include <id3v2header.h>
#include <tbytevector.h>

#include <optional>

namespace gesso {

struct Id3Frame {
    QByteArray id; // "TXXX", "COMM"; three letters in ID3v2.2
    QByteArray body; // inflated, and without the bytes that protect from false synchronisation
};

// The user texts and comments of the ID3v2 tag (2.2, 2.3, 2.4) at the start of a file, one after the other.
// TagLib reads what is peculiar to the versions: sizes, flags, synchronisation. Its own list of frames is not
// used, because no frame of a hostile file may come to it: nested chapters overflow its stack, it inflates
// compressed frames without a bound, and a text of many NULs takes a hundred times its size.
class Id3Frames
{
public:
    explicit Id3Frames(ByteSource& file);

    // nullopt at the end of the tag, of the file, or of what can be understood.
    std::optional<Id3Frame> next();

private:
    TagLib::ID3v2::Header m_header;
    TagLib::ByteVector m_frames;
    unsigned int m_at = 0;
};

} // namespace gesso
