// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/id3frames.h"

#include "core/workflow/carriers/embeddedtext.h"
#include "core/workflow/carriers/inflate.h"

#include <id3v2frame.h>
#include <id3v2synchdata.h>

#include <algorithm>
#include <array>

namespace gesso {
namespace {

using TagLib::ByteVector;
namespace ID3v2 = TagLib::ID3v2;

constexpr std::array<QByteArrayView, 4> kTextFrames = {"TXXX", "COMM", "TXX", "COM"};

// Opens what ID3v2::Frame keeps for its subclasses.
class FrameAccess : public ID3v2::Frame
{
public:
    using ID3v2::Frame::Header;
};

ByteVector toByteVector(const QByteArray& bytes)
{
    return ByteVector(bytes.constData(), static_cast<unsigned int>(bytes.size()));
}

QByteArrayView viewOf(const ByteVector& bytes)
{
    return QByteArrayView(bytes.data(), qsizetype(bytes.size()));
}

unsigned int headerSizeFor(unsigned int version)
{
    return version < 3 ? 6 : 10;
}

// The extended header counts itself in 2.4 and does not in 2.3.
unsigned int extendedHeaderSize(const ByteVector& frames, unsigned int version)
{
    const ByteVector size = frames.mid(0, 4);
    return version >= 4 ? ID3v2::SynchData::toUInt(size) : size.toUInt() + 4;
}

// Takes off what the flags announce before the content, and undoes what they say was done to it.
std::optional<QByteArray> bodyOf(const FrameAccess::Header& header, ByteVector body, bool unsynchronised)
{
    const bool hasLength = header.dataLengthIndicator() || (header.version() == 3 && header.compression());
    const unsigned int extra = (header.groupingIdentity() ? 1u : 0u) + (hasLength ? 4u : 0u);
    if (header.encryption() || extra > body.size()) {
        return std::nullopt;
    }
    body = body.mid(extra);
    if (header.version() >= 4 && (unsynchronised || header.unsynchronisation())) {
        body = ID3v2::SynchData::decode(body);
    }
    return header.compression() ? inflateBounded(viewOf(body), kMaxTextBytes)
                                : std::optional(viewOf(body).toByteArray());
}

} // namespace

Id3Frames::Id3Frames(ByteSource& file)
{
    const QByteArray head = file.read(0, ID3v2::Header::size());
    if (!head.startsWith("ID3")) {
        return;
    }
    m_header.setData(toByteVector(head));
    const qint64 room = std::min<qint64>(m_header.tagSize(), kMaxTextBytes);
    m_frames = toByteVector(file.readUpTo(ID3v2::Header::size(), room));
    if (m_header.unsynchronisation() && m_header.majorVersion() < 4) {
        m_frames = ID3v2::SynchData::decode(m_frames);
    }
    if (m_header.extendedHeader() && m_header.majorVersion() >= 3) {
        m_at = std::min(extendedHeaderSize(m_frames, m_header.majorVersion()), m_frames.size());
    }
}

std::optional<Id3Frame> Id3Frames::next()
{
    const unsigned int version = std::clamp(m_header.majorVersion(), 2u, 4u);
    const unsigned int headerSize = headerSizeFor(version);
    while (m_frames.size() - m_at > headerSize && m_frames[int(m_at)] != 0) { // NULs are padding
        // All the rest, because TagLib looks whether another frame stands behind this one.
        const FrameAccess::Header header(m_frames.mid(m_at), version);
        if (header.frameSize() == 0 || header.frameSize() > m_frames.size() - m_at - headerSize) {
            return std::nullopt;
        }
        const ByteVector body = m_frames.mid(m_at + headerSize, header.frameSize());
        m_at += headerSize + header.frameSize();
        const QByteArray id = viewOf(header.frameID()).toByteArray();
        if (std::find(kTextFrames.begin(), kTextFrames.end(), QByteArrayView(id)) == kTextFrames.end()) {
            continue;
        }
        if (std::optional<QByteArray> content = bodyOf(header, body, m_header.unsynchronisation())) {
            return Id3Frame{id, *std::move(content)};
        }
    }
    return std::nullopt;
}

} // namespace gesso
