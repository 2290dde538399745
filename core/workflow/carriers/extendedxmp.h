// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gesso {

// Puts an XMP packet together that was too large for one JPEG segment (65,535 bytes). Of several packets in a
// file the first is taken. Never larger than the segments that were really there.
class ExtendedXmp
{
public:
    // What follows the segment's name: an id of 32 characters, the whole length, this part's offset, the
    // part.
    void addSegment(QByteArrayView segment);

    // Empty unless every byte of it came.
    QByteArray packet() const;

private:
    QByteArray m_id;
    qint64 m_length = 0;
    QByteArray m_packet; // parts come in order, as every writer puts them
};

} // namespace gesso
