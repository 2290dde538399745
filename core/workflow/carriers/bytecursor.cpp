// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/bytecursor.h"

namespace gesso {

quint64 ByteCursor::number(int bytes)
{
    quint64 value = 0;
    for (const char byte : take(bytes)) {
        value = value << 8 | quint8(byte);
    }
    return value;
}

QByteArrayView ByteCursor::take(qsizetype bytes)
{
    if (bytes < 0 || bytes > m_rest.size()) {
        m_valid = false;
        m_rest = {};
        return {};
    }
    const QByteArrayView taken = m_rest.first(bytes);
    m_rest = m_rest.sliced(bytes);
    return taken;
}

QByteArrayView ByteCursor::takeText()
{
    const qsizetype nul = m_rest.indexOf('\0');
    const QByteArrayView text = take(nul < 0 ? m_rest.size() : nul);
    if (nul >= 0) {
        take(1);
    }
    return text;
}

} // namespace gesso
