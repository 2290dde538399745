// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/embeddedtexts.h"

#include <QString>
#include <QtEndian>

#include <optional>

namespace gesso {
namespace {

constexpr int kMaxFields = 256;
constexpr quint16 kAscii = 2; // TIFF field type
constexpr qsizetype kFieldBytes = 12;

// Reads a TIFF block in its own byte order; nothing outside the block.
class TiffReader
{
public:
    explicit TiffReader(QByteArrayView block)
        : m_block(block)
        , m_bigEndian(block.startsWith("MM"))
    {
    }

    bool isValid() const { return (m_bigEndian || m_block.startsWith("II")) && u16(2) == 42; }

    std::optional<quint16> u16(qsizetype at) const
    {
        if (at < 0 || m_block.size() - at < 2) {
            return std::nullopt;
        }
        return m_bigEndian ? qFromBigEndian<quint16>(m_block.data() + at)
                           : qFromLittleEndian<quint16>(m_block.data() + at);
    }

    std::optional<quint32> u32(qsizetype at) const
    {
        if (at < 0 || m_block.size() - at < 4) {
            return std::nullopt;
        }
        return m_bigEndian ? qFromBigEndian<quint32>(m_block.data() + at)
                           : qFromLittleEndian<quint32>(m_block.data() + at);
    }

    // The text of the ASCII field at `at`; empty for other fields and for one that points outside.
    QByteArrayView ascii(qsizetype at) const
    {
        const auto type = u16(at + 2);
        const auto count = u32(at + 4);
        const auto offset = u32(at + 8);
        if (type != kAscii || !count || !offset) {
            return {};
        }
        const qsizetype start = *count <= 4 ? at + 8 : qsizetype(*offset);
        if (start > m_block.size() || qsizetype(*count) > m_block.size() - start) {
            return {};
        }
        const QByteArrayView text = m_block.sliced(start, qsizetype(*count));
        const qsizetype nul = text.indexOf('\0');
        return nul < 0 ? text : text.first(nul);
    }

private:
    QByteArrayView m_block;
    bool m_bigEndian;
};

// "workflow:{…}": the key ComfyUI puts before the text, lower-cased by some savers' capitals ("Workflow:").
void addField(QByteArrayView field, TextList& texts)
{
    const qsizetype colon = field.indexOf(':');
    if (colon <= 0 || colon > 32) {
        return;
    }
    texts.emplaceBack(QString::fromLatin1(field.first(colon)).toLower(), toUtf8(field.sliced(colon + 1)));
}

} // namespace

bool isWebp(QByteArrayView file)
{
    return file.size() >= 12 && file.startsWith("RIFF") && file.sliced(8, 4) == "WEBP";
}

TextList exifTexts(QByteArrayView tiff)
{
    if (tiff.startsWith(QByteArrayView("Exif\0\0", 6))) {
        tiff = tiff.sliced(6);
    }
    const TiffReader reader(tiff);
    TextList texts;
    const auto directory = reader.isValid() ? reader.u32(4) : std::nullopt;
    const auto count = directory ? reader.u16(qsizetype(*directory)) : std::nullopt;
    if (!count) {
        return texts;
    }
    for (int i = 0; i < std::min<int>(*count, kMaxFields); ++i) {
        addField(reader.ascii(qsizetype(*directory) + 2 + i * kFieldBytes), texts);
    }
    return texts;
}

TextList webpTexts(QByteArrayView file)
{
    qsizetype at = 12;
    while (file.size() - at >= 8) {
        const qsizetype length = qsizetype(qFromLittleEndian<quint32>(file.data() + at + 4));
        if (length > file.size() - at - 8) {
            break;
        }
        if (file.sliced(at, 4) == "EXIF") {
            return exifTexts(file.sliced(at + 8, length));
        }
        at += 8 + length + (length & 1); // chunks are padded to even lengths
    }
    return {};
}

} // namespace gesso
