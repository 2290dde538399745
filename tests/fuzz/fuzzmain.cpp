// SPDX-License-Identifier: GPL-3.0-or-later
// What libFuzzer asks of every target, once.
#include "tests/fuzz/fuzztarget.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    return 0;
}
