// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/tiffreader.h"

#include <QtEndian>

#include <algorithm>

namespace gesso {
namespace {

constexpr int kMaxFields = 256;
constexpr qint64 kFieldBytes = 12;

qint64 bytesOf(quint16 type)
{
    switch (type) {
    case TiffReader::Byte:
    case TiffReader::Ascii:
    case TiffReader::Undefined:
        return 1;
    case TiffReader::Short:
        return 2;
    case TiffReader::Long:
        return 4;
    default:
        return 8; // rationals and doubles, in which no text stands
    }
}

} // namespace

TiffReader::TiffReader(QByteArrayView block)
    : m_block(block)
    , m_bigEndian(block.startsWith("MM"))
{
}

bool TiffReader::isValid() const
{
    return (m_bigEndian || m_block.startsWith("II")) && u16(2) == 42;
}

QList<TiffReader::Field> TiffReader::fields(quint32 directory) const
{
    QList<Field> result;
    const int count = std::min<int>(u16(directory).value_or(0), kMaxFields);
    for (int i = 0; i < count; ++i) {
        const std::optional<Field> field = fieldAt(qint64(directory) + 2 + i * kFieldBytes);
        if (!field) {
            break;
        }
        result.append(*field);
    }
    return result;
}

std::optional<quint32> TiffReader::number(const Field& field) const
{
    if (field.type != Long || field.bytes.size() != 4) {
        return std::nullopt;
    }
    return u32(field.bytes.data() - m_block.data());
}

std::optional<quint16> TiffReader::u16(qint64 at) const
{
    if (at < 0 || m_block.size() - at < 2) {
        return std::nullopt;
    }
    return m_bigEndian ? qFromBigEndian<quint16>(m_block.data() + at)
                       : qFromLittleEndian<quint16>(m_block.data() + at);
}

std::optional<quint32> TiffReader::u32(qint64 at) const
{
    if (at < 0 || m_block.size() - at < 4) {
        return std::nullopt;
    }
    return m_bigEndian ? qFromBigEndian<quint32>(m_block.data() + at)
                       : qFromLittleEndian<quint32>(m_block.data() + at);
}

// A value of up to four bytes stands in the field, a longer one where the field points.
std::optional<TiffReader::Field> TiffReader::fieldAt(qint64 at) const
{
    const auto tag = u16(at);
    const auto type = u16(at + 2);
    const auto count = u32(at + 4);
    const auto offset = u32(at + 8);
    if (!tag || !type || !count || !offset) {
        return std::nullopt;
    }
    const qint64 length = qint64(*count) * bytesOf(*type);
    const qint64 start = length <= 4 ? at + 8 : qint64(*offset);
    const bool isInside = start <= m_block.size() && length <= m_block.size() - start;
    return Field{*tag, *type, isInside ? m_block.sliced(start, length) : QByteArrayView()};
}

} // namespace gesso
