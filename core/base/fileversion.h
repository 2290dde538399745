// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace gesso {

// How a server names the state of one of its files: what a download compares before it goes on where an
// earlier one stopped, so that the halves of two states are never put together.
struct FileVersion {
    QByteArray etag; // as sent, with its quotes
    QByteArray lastModified; // as sent
    qint64 totalBytes = -1; // -1 unknown

    // Its size is known, and a name that changes with every byte of it. A weak ETag does not.
    bool canBeResumed() const { return totalBytes > 0 && (hasStrongEtag() || !lastModified.isEmpty()); }
    bool hasStrongEtag() const { return etag.startsWith('"'); }

    bool operator==(const FileVersion&) const = default;
};

// Whether both are surely the same state: one size, no name that differs, and one that both have.
inline bool isSameState(const FileVersion& a, const FileVersion& b)
{
    const bool haveEtag = !a.etag.isEmpty() && !b.etag.isEmpty();
    const bool haveDate = !a.lastModified.isEmpty() && !b.lastModified.isEmpty();
    return a.totalBytes == b.totalBytes && (haveEtag || haveDate) && (!haveEtag || a.etag == b.etag)
        && (!haveDate || a.lastModified == b.lastModified);
}

} // namespace gesso
