// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/webptexts.h"

#include "core/workflow/carriers/exiftexts.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/xmptexts.h"

#include <QtEndian>

namespace gesso {
namespace {

constexpr int kMaxChunks = 100'000; // an animation has one for each frame

} // namespace

bool isWebp(QByteArrayView head)
{
    return head.size() >= 12 && head.startsWith("RIFF") && head.sliced(8, 4) == "WEBP";
}

TextList webpTexts(ByteSource& file)
{
    TextCollector texts;
    qint64 at = 12;
    for (int count = 0; count < kMaxChunks; ++count) {
        const QByteArray header = file.read(at, 8);
        if (header.isEmpty()) {
            break;
        }
        const qint64 length = qFromLittleEndian<quint32>(header.data() + 4);
        if (length > file.size() - at - 8) {
            break;
        }
        if (header.startsWith("EXIF")) {
            texts.add(exifTexts(file.read(at + 8, length)));
        } else if (header.startsWith("XMP ")) {
            texts.add(xmpTexts(file.read(at + 8, length)));
        }
        at += 8 + length + (length & 1); // chunks are padded to even lengths
    }
    return texts.take();
}

} // namespace gesso
