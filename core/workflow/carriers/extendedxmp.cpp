// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/extendedxmp.h"

#include "core/workflow/carriers/embeddedtext.h"

#include <QtEndian>

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kIdBytes = 32;
constexpr qsizetype kHeaderBytes = kIdBytes + 8;

} // namespace

void ExtendedXmp::addSegment(QByteArrayView segment)
{
    if (segment.size() <= kHeaderBytes) {
        return;
    }
    const QByteArrayView id = segment.first(kIdBytes);
    const qint64 length = qFromBigEndian<quint32>(segment.data() + kIdBytes);
    const qint64 offset = qFromBigEndian<quint32>(segment.data() + kIdBytes + 4);
    if (m_id.isEmpty()) {
        m_id = id.toByteArray();
        m_length = length;
    }
    const QByteArrayView part = segment.sliced(kHeaderBytes);
    const bool isNext = id == m_id && length == m_length && offset == m_packet.size();
    if (isNext && m_packet.size() + part.size() <= std::min<qint64>(m_length, kMaxTextBytes)) {
        m_packet.append(part);
    }
}

QByteArray ExtendedXmp::packet() const
{
    return m_packet.size() == m_length ? m_packet : QByteArray();
}

} // namespace gesso
