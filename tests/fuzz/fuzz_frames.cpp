// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of the socket and answers of the routes, from any bytes. The first byte chooses.
#include "core/comfy/comfytypes.h"
#include "core/comfy/eventdecoder.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArray bytes(reinterpret_cast<const char*>(data + 1),
                           qsizetype(size - 1)); // NOLINT: libFuzzer's interface
    switch (data[0] % 3) {
    case 0:
        (void)gesso::decodeTextFrame(bytes);
        break;
    case 1:
        (void)gesso::decodeBinaryFrame(bytes);
        break;
    default:
        if (const gesso::Result<gesso::Json> json = gesso::parseJson(bytes)) {
            (void)gesso::decodeSubmitAnswer(*json);
            (void)gesso::decodeRefusal(*json);
            (void)gesso::decodeQueue(*json);
            (void)gesso::decodeHistoryEntry({}, *json);
            (void)gesso::decodeSystemStats(*json);
            (void)gesso::decodeUpload(*json);
        }
    }
    return 0;
}
