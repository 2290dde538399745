// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/tagstream.h"

#include <QByteArray>

#include <algorithm>

namespace gesso {

TagStream::TagStream(ByteSource& file, qint64 limit)
    : m_file(file)
    , m_length(std::min(file.size(), limit))
{
}

TagLib::FileName TagStream::name() const
{
    return "";
}

TagLib::ByteVector TagStream::readBlock(TagLibSize length)
{
    const quint64 left = quint64(std::max<qint64>(m_length - m_at, 0));
    const QByteArray bytes = m_file.readUpTo(m_at, qint64(std::min<quint64>(length, left)));
    m_at += bytes.size();
    return TagLib::ByteVector(bytes.constData(), static_cast<unsigned int>(bytes.size()));
}

void TagStream::seek(TagLibOffset offset, Position from)
{
    const qint64 base = from == Beginning ? 0 : from == Current ? m_at : m_length;
    m_at = std::clamp<qint64>(base + offset, 0, m_length);
}

} // namespace gesso
