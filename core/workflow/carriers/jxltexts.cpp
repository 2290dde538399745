// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/jxltexts.h"

#include "core/workflow/carriers/exiftexts.h"
#include "core/workflow/carriers/isobox.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/xmptexts.h"

namespace gesso {
namespace {

constexpr int kMaxBoxes = 10'000;

} // namespace

bool isJxl(QByteArrayView head)
{
    return head.startsWith(QByteArrayView("\0\0\0\x0cJXL \r\n\x87\n", 12));
}

TextList jxlTexts(ByteSource& file)
{
    TextCollector texts;
    qint64 at = 0;
    for (int count = 0; count < kMaxBoxes && !texts.isFull(); ++count) {
        const std::optional<IsoBox> box = isoBoxAt(file, at, file.size());
        if (!box || !box->isWhole) {
            break;
        }
        if (box->type == "Exif") {
            texts.add(exifItemTexts(file.read(box->begin, box->end - box->begin)));
        } else if (box->type == "xml ") {
            texts.add(xmpTexts(file.read(box->begin, box->end - box->begin)));
        }
        at = box->end;
    }
    return texts.take();
}

} // namespace gesso
