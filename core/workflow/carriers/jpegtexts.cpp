// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/jpegtexts.h"

#include "core/workflow/carriers/exiftexts.h"
#include "core/workflow/carriers/extendedxmp.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/xmptexts.h"

#include <QtEndian>

namespace gesso {
namespace {

constexpr int kMaxSegments = 4096;
constexpr QByteArrayView kExif("Exif\0", 5); // and one byte that pads
constexpr QByteArrayView kXmp("http://ns.adobe.com/xap/1.0/\0", 29);
constexpr QByteArrayView kExtendedXmp("http://ns.adobe.com/xmp/extension/\0", 35);

enum Marker : quint8 { StartOfScan = 0xda, EndOfImage = 0xd9, App1 = 0xe1, Comment = 0xfe };

bool standsAlone(quint8 marker) // has no length
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

void addApp1(QByteArrayView content, TextCollector& texts, ExtendedXmp& extended)
{
    if (content.startsWith(kExif) && content.size() > 6) {
        texts.add(exifTexts(content.sliced(6)));
    } else if (content.startsWith(kXmp)) {
        texts.add(xmpTexts(content.sliced(kXmp.size())));
    } else if (content.startsWith(kExtendedXmp)) {
        extended.addSegment(content.sliced(kExtendedXmp.size()));
    }
}

// The marker at or after `at`: any number of 0xff may stand before it. Zero if there is none.
quint8 markerAt(ByteSource& file, qint64& at)
{
    for (int padding = 0; padding < 256; ++padding) {
        const QByteArray pair = file.read(at, 2);
        if (pair.isEmpty() || quint8(pair[0]) != 0xff) {
            return 0;
        }
        if (quint8(pair[1]) != 0xff) {
            at += 2;
            return quint8(pair[1]);
        }
        ++at;
    }
    return 0;
}

} // namespace

bool isJpeg(QByteArrayView head)
{
    return head.startsWith("\xff\xd8\xff");
}

TextList jpegTexts(ByteSource& file)
{
    TextCollector texts;
    ExtendedXmp extended;
    qint64 at = 2;
    for (int count = 0; count < kMaxSegments && !texts.isFull(); ++count) {
        const quint8 marker = markerAt(file, at);
        if (marker == 0 || marker == StartOfScan || marker == EndOfImage) {
            break;
        }
        if (standsAlone(marker)) {
            continue;
        }
        const QByteArray length = file.read(at, 2);
        const qint64 bytes = length.isEmpty() ? 0 : qFromBigEndian<quint16>(length.data()); // counts itself
        if (bytes < 2 || bytes > file.size() - at) {
            break;
        }
        if (marker == App1) {
            addApp1(file.read(at + 2, bytes - 2), texts, extended);
        } else if (marker == Comment) {
            texts.add(QStringLiteral("comment"), toUtf8(file.read(at + 2, bytes - 2)),
                      QStringLiteral("JPEG comment"));
        }
        at += bytes;
    }
    texts.add(xmpTexts(extended.packet()));
    return texts.take();
}

} // namespace gesso
