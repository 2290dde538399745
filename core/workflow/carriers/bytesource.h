// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>

class QIODevice;

namespace gesso {

// Random access to the bytes of a file or a buffer that reads only what is asked for: a film of gigabytes is
// looked through in the memory of its texts. Not a memory map, because a mapped file that shrinks while it is
// read (a film still being written, a network drive) ends the whole program.
class ByteSource
{
public:
    // An open device with random access, which must outlive this.
    explicit ByteSource(QIODevice& device);

    qint64 size() const { return m_size; }

    // Exactly `length` bytes; none at all if they are not all there, or are more than a carrier may hold
    // (kMaxTextBytes).
    QByteArray read(qint64 at, qint64 length);
    // The same, but as many as there are.
    QByteArray readUpTo(qint64 at, qint64 length);

private:
    QIODevice& m_device;
    qint64 m_size;
};

} // namespace gesso
