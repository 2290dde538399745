// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/bytesource.h"

#include "core/workflow/carriers/embeddedtext.h"

#include <QIODevice>

#include <algorithm>

namespace gesso {

ByteSource::ByteSource(QIODevice& device)
    : m_device(device)
    , m_size(device.size())
{
}

QByteArray ByteSource::read(qint64 at, qint64 length)
{
    const QByteArray bytes = length <= kMaxTextBytes ? readUpTo(at, length) : QByteArray();
    return bytes.size() == length ? bytes : QByteArray();
}

QByteArray ByteSource::readUpTo(qint64 at, qint64 length)
{
    if (at < 0 || length <= 0 || at >= m_size || !m_device.seek(at)) {
        return {};
    }
    return m_device.read(std::min({length, m_size - at, kMaxTextBytes}));
}

} // namespace gesso
