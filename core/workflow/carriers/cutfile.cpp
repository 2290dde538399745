// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/cutfile.h"

#include "core/workflow/carriers/isobox.h"

#include <QtEndian>

namespace gesso {
namespace {

constexpr int kMaxParts = 100'000; // of a hostile file

// A little-endian length of the whole file, `at` it, that does not count the first `uncounted` bytes.
bool claimsMore(ByteSource& file, qint64 at, qint64 uncounted)
{
    const QByteArray length = file.read(at, 4);
    return !length.isEmpty() && qFromLittleEndian<quint32>(length.data()) > file.size() - uncounted;
}

} // namespace

bool isCutPng(ByteSource& file)
{
    qint64 at = 8; // signature
    for (int count = 0; count < kMaxParts; ++count) {
        const QByteArray header = file.read(at, 8);
        if (header.isEmpty()) {
            return true;
        }
        if (header.endsWith("IEND")) {
            return false;
        }
        at += 12 + qint64(qFromBigEndian<quint32>(header.data())); // length, type, checksum
    }
    return false;
}

bool isCutRiff(ByteSource& file)
{
    return claimsMore(file, 4, 8);
}

bool isCutBoxes(ByteSource& file)
{
    qint64 at = 0;
    for (int count = 0; count < kMaxParts; ++count) {
        const std::optional<IsoBox> box = isoBoxAt(file, at, file.size());
        if (!box) {
            return false;
        }
        if (!box->isWhole) {
            return true;
        }
        at = box->end;
    }
    return false;
}

bool isCutGlb(ByteSource& file)
{
    return claimsMore(file, 8, 0);
}

} // namespace gesso
