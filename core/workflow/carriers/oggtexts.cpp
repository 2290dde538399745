// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/oggtexts.h"

#include "core/workflow/carriers/tagstream.h"
#include "core/workflow/carriers/vorbiscomments.h"

#include <oggfile.h>

#include <array>

namespace gesso {
namespace {

// How far the comments may reach. TagLib keeps some 300 bytes for each page, which can be as small as 28.
constexpr qint64 kMaxHeaderBytes = 16 * 1024 * 1024;

// The pages of a file put together to packets, whatever codec they are of.
class OggPackets final : public TagLib::Ogg::File
{
public:
    explicit OggPackets(TagStream& stream)
        : TagLib::Ogg::File(&stream)
    {
    }

    TagLib::Tag* tag() const override { return nullptr; }
    TagLib::AudioProperties* audioProperties() const override { return nullptr; }
};

// What stands before the Vorbis comments in the second packet.
constexpr std::array<QByteArrayView, 2> kCommentPackets = {"OpusTags", "\x03vorbis"};

} // namespace

bool isOgg(QByteArrayView head)
{
    return head.startsWith("OggS");
}

TextList oggTexts(ByteSource& file)
{
    TagStream stream(file, kMaxHeaderBytes);
    OggPackets packets(stream);
    const TagLib::ByteVector second = packets.packet(1);
    const QByteArrayView packet(second.data(), qsizetype(second.size()));
    TextCollector texts;
    for (const QByteArrayView prefix : kCommentPackets) {
        if (packet.startsWith(prefix)) {
            addVorbisComments(packet.sliced(prefix.size()), texts);
        }
    }
    return texts.take();
}

} // namespace gesso
