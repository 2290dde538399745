// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gesso {

// Reads big-endian numbers and texts one after the other. Beyond the end it gives zeros and is no longer
// valid, so that a table can be read first and checked once.
class ByteCursor
{
public:
    explicit ByteCursor(QByteArrayView bytes)
        : m_rest(bytes)
    {
    }

    bool isValid() const { return m_valid; }
    // A number of 0 to 8 bytes; 0 for none.
    quint64 number(int bytes);
    quint32 u8() { return quint32(number(1)); }
    quint32 u16() { return quint32(number(2)); }
    quint32 u32() { return quint32(number(4)); }
    QByteArrayView take(qsizetype bytes);
    // Up to the next NUL, which is read too; to the end if there is none.
    QByteArrayView takeText();

private:
    QByteArrayView m_rest;
    bool m_valid = true;
};

} // namespace gesso
