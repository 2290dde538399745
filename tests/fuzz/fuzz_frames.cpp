// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/eventdecoder.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Frames of the socket. Either decoder gets any bytes; each gives an event or an error.
void fuzz(const QByteArray& bytes)
{
    (void)decodeTextFrame(bytes);
    (void)decodeBinaryFrame(bytes);
}
