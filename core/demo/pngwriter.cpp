// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/pngwriter.h"

#include <QBuffer>
#include <QtEndian>

#include <array>

namespace gesso::demo {

namespace {

constexpr qsizetype signatureAndHeader = 8 + 25; // the signature and the IHDR chunk, always first

quint32 crc32(const QByteArray& bytes)
{
    static const std::array<quint32, 256> table = [] {
        std::array<quint32, 256> values{};
        for (quint32 n = 0; n < values.size(); ++n) {
            quint32 c = n;
            for (int bit = 0; bit < 8; ++bit) {
                c = (c & 1U) ? 0xEDB88320U ^ (c >> 1U) : c >> 1U;
            }
            values[n] = c;
        }
        return values;
    }();
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        crc = table[(crc ^ static_cast<quint8>(byte)) & 0xFFU] ^ (crc >> 8U);
    }
    return crc ^ 0xFFFFFFFFU;
}

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray& type, const QByteArray& data)
{
    return bigEndian(static_cast<quint32>(data.size())) + type + data + bigEndian(crc32(type + data));
}

} // namespace

QByteArray pngWithTexts(const QImage& image, const QList<std::pair<QByteArray, QByteArray>>& texts)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    QByteArray chunks;
    for (const auto& [key, text] : texts) {
        chunks += chunk("tEXt", key + '\0' + text);
    }
    png.insert(signatureAndHeader, chunks);
    return png;
}

} // namespace gesso::demo
