// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/carriers/picturebytes.h"

#include <algorithm>

namespace gesso::carrierbytes {
namespace {

QByteArray reversed(QByteArray bytes)
{
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

class TiffWriter
{
public:
    explicit TiffWriter(bool bigEndian)
        : m_bigEndian(bigEndian)
    {
    }

    QByteArray u16(quint16 value) const { return m_bigEndian ? big16(value) : reversed(big16(value)); }
    QByteArray u32(quint32 value) const { return m_bigEndian ? big32(value) : little32(value); }

    // A directory that stands at `start`, followed by the values that do not fit into it.
    QByteArray directory(const QList<ExifField>& fields, quint32 start) const
    {
        QByteArray entries = u16(quint16(fields.size()));
        QByteArray values;
        const quint32 valuesAt = start + 2 + quint32(fields.size()) * 12 + 4;
        for (const ExifField& field : fields) {
            const QByteArray value = field.type == 2 ? field.value + '\0' : field.value;
            const quint32 count = quint32(value.size()) / (field.type == 4 ? 4 : 1);
            entries += u16(field.tag) + u16(field.type) + u32(count);
            if (value.size() <= 4) {
                entries += value.leftJustified(4, '\0');
            } else {
                entries += u32(valuesAt + quint32(values.size()));
                values += value;
            }
        }
        return entries + u32(0) + values;
    }

private:
    bool m_bigEndian;
};

} // namespace

QByteArray exifBlock(const QList<ExifField>& fields, const QList<ExifField>& exifFields, bool bigEndian)
{
    const TiffWriter writer(bigEndian);
    QList<ExifField> first = fields;
    if (!exifFields.isEmpty()) {
        first.append({0x8769, 4, writer.u32(0)}); // as large as with the number that follows
        const quint32 exifAt = 8 + quint32(writer.directory(first, 8).size());
        first.last().value = writer.u32(exifAt);
    }
    QByteArray block = QByteArray(bigEndian ? "MM" : "II") + writer.u16(42) + writer.u32(8);
    block += writer.directory(first, 8);
    if (!exifFields.isEmpty()) {
        block += writer.directory(exifFields, quint32(block.size()));
    }
    return QByteArray("Exif\0\0", 6) + block;
}

QByteArray xmpPacket(const QByteArray& description)
{
    return R"(<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="t">)"
           R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">)"
           R"(<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://c/">)"
        + description + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";
}

QByteArray pngChunk(const QByteArray& type, const QByteArray& content)
{
    return big32(quint32(content.size())) + type + content + QByteArray(4, '\0');
}

QByteArray png(const QByteArray& chunks)
{
    return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", QByteArray(13, '\0')) + chunks + pngChunk("IEND", {});
}

QByteArray jpegSegment(quint8 marker, const QByteArray& content)
{
    return QByteArray("\xff") + char(marker) + big16(quint16(content.size() + 2)) + content;
}

QByteArray jpeg(const QByteArray& segments)
{
    return "\xff\xd8" + jpegSegment(0xe0, "JFIF") + segments + jpegSegment(0xda, "x") + "\x12\x34\xff\xd9";
}

QByteArray riffChunk(const QByteArray& type, const QByteArray& content)
{
    return type + little32(quint32(content.size())) + content + QByteArray(content.size() % 2, '\0');
}

QByteArray webp(const QByteArray& chunks)
{
    const QByteArray content = "WEBP" + riffChunk("VP8 ", "xx") + chunks;
    return "RIFF" + little32(quint32(content.size())) + content;
}

QByteArray isoBox(const QByteArray& type, const QByteArray& content)
{
    return big32(quint32(content.size() + 8)) + type + content;
}

} // namespace gesso::carrierbytes
