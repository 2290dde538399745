// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/flactexts.h"

#include "core/workflow/carriers/vorbiscomments.h"

#include <QtEndian>

namespace gesso {
namespace {

constexpr QByteArrayView kSignature = "fLaC";
constexpr int kMaxBlocks = 10'000; // real files have ten
constexpr uchar kLast = 0x80;
constexpr uchar kVorbisComment = 4;

} // namespace

bool isFlac(QByteArrayView head)
{
    return head.startsWith(kSignature);
}

// Walks the metadata blocks, each of one byte type and three bytes length. Why not TagLib's FLAC file: it
// gives a comment block only through XiphComment (see vorbiscomments.h) and keeps every block in memory.
TextList flacTexts(ByteSource& file)
{
    TextCollector texts;
    qint64 at = kSignature.size();
    for (int count = 0; count < kMaxBlocks && !texts.isFull(); ++count) {
        const QByteArray header = file.read(at, 4);
        if (header.isEmpty()) {
            break;
        }
        const uchar type = uchar(header[0]);
        const qint64 length = qFromBigEndian<quint32>(header.data()) & 0xff'ffff;
        if ((type & ~kLast) == kVorbisComment) {
            addVorbisComments(file.readUpTo(at + 4, length), texts);
        }
        if ((type & kLast) != 0) {
            break;
        }
        at += 4 + length;
    }
    return texts.take();
}

} // namespace gesso
