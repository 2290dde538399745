// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/inflate.h"

#include <zlib.h>

#include <array>
#include <limits>

namespace gesso {
namespace {

// Ends the stream on every way out.
struct InflateStream {
    z_stream stream{};
    bool ready = false;

    InflateStream() { ready = inflateInit(&stream) == Z_OK; } // NOLINT: zlib's macro casts
    ~InflateStream()
    {
        if (ready) {
            inflateEnd(&stream);
        }
    }
    InflateStream(const InflateStream&) = delete;
    InflateStream& operator=(const InflateStream&) = delete;
};

} // namespace

std::optional<QByteArray> inflateBounded(QByteArrayView zlibStream, qsizetype maxBytes)
{
    InflateStream inflating;
    if (!inflating.ready || zlibStream.size() > qsizetype(std::numeric_limits<uInt>::max())) {
        return std::nullopt;
    }
    QByteArray result;
    QByteArray input = zlibStream.toByteArray(); // zlib takes no pointer to const
    std::array<char, 64 * 1024> block{};
    inflating.stream.next_in = reinterpret_cast<Bytef*>(input.data());
    inflating.stream.avail_in = uInt(input.size());
    int status = Z_OK;
    while (status == Z_OK) {
        inflating.stream.next_out = reinterpret_cast<Bytef*>(block.data());
        inflating.stream.avail_out = uInt(block.size());
        status = inflate(&inflating.stream, Z_NO_FLUSH);
        const qsizetype made = qsizetype(block.size()) - qsizetype(inflating.stream.avail_out);
        if (result.size() + made > maxBytes) {
            return std::nullopt;
        }
        result.append(block.data(), made);
    }
    return status == Z_STREAM_END ? std::optional(result) : std::nullopt;
}

} // namespace gesso
