// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/fileversion.h"

#include <functional>
#include <optional>

namespace gesso {

struct HttpAnswer;

// What an answer to GET /view is about to bring.
struct ViewHead {
    qint64 from = 0; // the first byte that comes: 0, or where the download was to go on
    FileVersion version;
};

// Where a download starts. By default it brings the whole file.
struct ViewRange {
    qint64 from = 0; // so many bytes are here already …
    FileVersion version; // … of this state of the file
    // Before the first byte, once or, if the server cannot go on at `from`, again with the whole file; false
    // ends the download with Error{Cancelled}.
    std::function<bool(const ViewHead&)> onHead;
};

// "bytes 10-99/100". Total length and all three numbers are needed: anything else is no use to us.
struct ContentRange {
    qint64 first = 0;
    qint64 last = 0;
    qint64 total = 0;
    bool operator==(const ContentRange&) const = default;
};
std::optional<ContentRange> parseContentRange(const QByteArray& header);

// What a 2xx answer brings. Nothing if it cannot be used: a piece that was not asked for, or one of another
// state of the file.
std::optional<ViewHead> viewHeadOf(const HttpAnswer& answer, const ViewRange& asked);

} // namespace gesso
