// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/sendoncedevice.h"

#include <algorithm>
#include <cstring>

namespace gesso {

SendOnceDevice::SendOnceDevice(QByteArray body, QObject* parent)
    : QIODevice(parent)
    , m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SendOnceDevice::bytesAvailable() const
{
    return m_body.size() - m_read + QIODevice::bytesAvailable();
}

bool SendOnceDevice::atEnd() const
{
    return bytesAvailable() == 0;
}

qint64 SendOnceDevice::readData(char* data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_body.size() - m_read);
    if (size == 0) {
        return m_read == m_body.size() ? -1 : 0;
    }
    std::memcpy(data, m_body.constData() + m_read, std::size_t(size));
    m_read += size;
    return size;
}

qint64 SendOnceDevice::writeData(const char* data, qint64 maxSize)
{
    Q_UNUSED(data)
    Q_UNUSED(maxSize)
    return -1;
}

} // namespace gesso
