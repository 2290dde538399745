// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/viewrange.h"

#include "core/net/httpclient.h"

namespace gesso {
namespace {

// Digits only: toLongLong() would take signs and spaces.
std::optional<qint64> numberOf(const QByteArray& digits)
{
    for (const char c : digits) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
    }
    bool isNumber = false;
    const qint64 number = digits.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

FileVersion versionOf(const HttpAnswer& answer, qint64 totalBytes)
{
    FileVersion version;
    version.totalBytes = totalBytes;
    // Compressed after all: its bytes cannot be counted by the server's numbers.
    if (answer.header("Content-Encoding").isEmpty()) {
        version.etag = answer.header("ETag");
        version.lastModified = answer.header("Last-Modified");
    }
    return version;
}

} // namespace

std::optional<ContentRange> parseContentRange(const QByteArray& header)
{
    constexpr QByteArrayView kUnit = "bytes ";
    const qsizetype dash = header.indexOf('-');
    const qsizetype slash = header.indexOf('/');
    if (!header.startsWith(kUnit) || dash < 0 || slash < dash) {
        return std::nullopt;
    }
    const auto first = numberOf(header.mid(kUnit.size(), dash - kUnit.size()));
    const auto last = numberOf(header.mid(dash + 1, slash - dash - 1));
    const auto total = numberOf(header.mid(slash + 1));
    if (!first || !last || !total || *first > *last || *last >= *total) {
        return std::nullopt;
    }
    return ContentRange{*first, *last, *total};
}

std::optional<ViewHead> viewHeadOf(const HttpAnswer& answer, const ViewRange& asked)
{
    constexpr int kPartialContent = 206;
    if (answer.status != kPartialContent) {
        return ViewHead{0, versionOf(answer, numberOf(answer.header("Content-Length")).value_or(-1))};
    }
    const std::optional<ContentRange> range = parseContentRange(answer.header("Content-Range"));
    if (asked.from <= 0 || !range || range->first != asked.from || range->last != range->total - 1) {
        return std::nullopt;
    }
    // A server may ignore If-Range and send the end of another state: aiohttp does when it gets an ETag.
    const FileVersion version = versionOf(answer, range->total);
    if (!isSameState(version, asked.version)) {
        return std::nullopt;
    }
    return ViewHead{asked.from, asked.version};
}

} // namespace gesso
