// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"

#include <taglib.h>
#include <tiostream.h>

#include <cstddef>

namespace gesso {

#if TAGLIB_MAJOR_VERSION >= 2
using TagLibSize = std::size_t;
using TagLibOffset = TagLib::offset_t;
using TagLibStart = TagLib::offset_t;
#else
using TagLibSize = unsigned long;
using TagLibOffset = long;
using TagLibStart = unsigned long;
#endif

// The first `limit` bytes of a file as TagLib reads them: never written, and no longer than that, so that
// what TagLib keeps in memory and searches through is bounded, whatever the file claims.
class TagStream final : public TagLib::IOStream
{
public:
    TagStream(ByteSource& file, qint64 limit);

    TagLib::FileName name() const override;
    TagLib::ByteVector readBlock(TagLibSize length) override;
    void seek(TagLibOffset offset, Position from = Beginning) override;
    TagLibOffset tell() const override { return TagLibOffset(m_at); }
    TagLibOffset length() override { return TagLibOffset(m_length); }
    bool readOnly() const override { return true; }
    bool isOpen() const override { return true; }

    void writeBlock(const TagLib::ByteVector&) override { }
    void insert(const TagLib::ByteVector&, TagLibStart, TagLibSize) override { }
    void removeBlock(TagLibStart, TagLibSize) override { }
    void truncate(TagLibOffset) override { }

private:
    ByteSource& m_file;
    qint64 m_length;
    qint64 m_at = 0;
};

} // namespace gesso
