// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/isobox.h"

#include <QtEndian>

#include <algorithm>

namespace gesso {
namespace {

constexpr qint64 kHeader = 8; // size and type
constexpr qint64 kLongHeader = 16; // and the size in 64 bits

} // namespace

std::optional<IsoBox> isoBoxAt(ByteSource& file, qint64 at, qint64 end)
{
    if (at < 0 || end - at < kHeader) {
        return std::nullopt;
    }
    const QByteArray header = file.readUpTo(at, kLongHeader);
    if (header.size() < kHeader) {
        return std::nullopt;
    }
    quint64 size = qFromBigEndian<quint32>(header.data());
    qint64 headerSize = kHeader;
    if (size == 1 && header.size() == kLongHeader) {
        size = qFromBigEndian<quint64>(header.data() + kHeader);
        headerSize = kLongHeader;
    } else if (size == 0) {
        size = quint64(end - at);
    }
    if (size < quint64(headerSize) || headerSize > end - at) {
        return std::nullopt;
    }
    const quint64 room = quint64(end - at);
    return IsoBox{header.mid(4, 4), at + headerSize, at + qint64(std::min(size, room)), size <= room};
}

} // namespace gesso
