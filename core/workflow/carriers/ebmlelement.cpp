// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/ebmlelement.h"

#include <QByteArray>

#include <algorithm>

namespace gesso {
namespace {

constexpr qint64 kMaxIdBytes = 4;
constexpr qint64 kMaxSizeBytes = 8;

// How many bytes the number takes that starts with `first`: one more than it has leading zero bits.
qsizetype lengthOf(uchar first)
{
    qsizetype length = 1;
    for (uchar bit = 0x80; bit != 0 && (first & bit) == 0; bit >>= 1) {
        ++length;
    }
    return length;
}

quint64 bigEndian(QByteArrayView bytes)
{
    quint64 value = 0;
    for (const char byte : bytes) {
        value = (value << 8) | uchar(byte);
    }
    return value;
}

} // namespace

std::optional<EbmlElement> ebmlElementAt(ByteSource& file, qint64 at, qint64 end)
{
    if (at < 0 || at >= end) {
        return std::nullopt;
    }
    const QByteArray head = file.readUpTo(at, std::min(kMaxIdBytes + kMaxSizeBytes, end - at));
    const qsizetype idLength = head.isEmpty() ? 0 : lengthOf(uchar(head[0]));
    if (idLength == 0 || idLength > kMaxIdBytes || head.size() <= idLength) {
        return std::nullopt;
    }
    const qsizetype sizeLength = lengthOf(uchar(head[idLength]));
    if (sizeLength > kMaxSizeBytes || head.size() < idLength + sizeLength) {
        return std::nullopt;
    }
    const quint64 marker = quint64(1) << (7 * sizeLength);
    const quint64 size = bigEndian(QByteArrayView(head).sliced(idLength, sizeLength)) & (marker - 1);

    EbmlElement element;
    element.id = quint32(bigEndian(QByteArrayView(head).first(idLength)));
    element.begin = at + idLength + sizeLength;
    element.hasSize = size != marker - 1; // all bits set: unknown
    const quint64 room = quint64(end - element.begin);
    element.isWhole = !element.hasSize || size <= room;
    element.end = element.begin + qint64(element.hasSize ? std::min(size, room) : room);
    return element;
}

std::optional<quint64> ebmlNumber(ByteSource& file, const EbmlElement& element)
{
    const qint64 length = element.end - element.begin;
    if (!element.isWhole || length > kMaxSizeBytes) {
        return std::nullopt;
    }
    const QByteArray bytes = file.read(element.begin, length);
    return bytes.size() == length ? std::optional(bigEndian(bytes)) : std::nullopt;
}

} // namespace gesso
