// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace gesso {

// Reads a TIFF block in its own byte order, and nothing outside the block whatever its offsets and counts
// say.
class TiffReader
{
public:
    struct Field {
        quint16 tag = 0;
        quint16 type = 0; // one of TIFF's, see Type
        QByteArrayView bytes; // its value; empty if it points outside
    };

    enum Type : quint16 { Byte = 1, Ascii = 2, Short = 3, Long = 4, Undefined = 7 };

    explicit TiffReader(QByteArrayView block);

    bool isValid() const;
    bool isBigEndian() const { return m_bigEndian; }

    std::optional<quint32> firstDirectory() const { return u32(4); }
    // As many fields as the directory has, at most 256.
    QList<Field> fields(quint32 directory) const;
    // The number in a field of one Long; nullopt for others.
    std::optional<quint32> number(const Field& field) const;

private:
    std::optional<quint16> u16(qint64 at) const;
    std::optional<quint32> u32(qint64 at) const;
    std::optional<Field> fieldAt(qint64 at) const;

    QByteArrayView m_block;
    bool m_bigEndian;
};

} // namespace gesso
