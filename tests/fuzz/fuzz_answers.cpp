// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/comfy/capabilities.h"
#include "core/comfy/comfytypes.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Any JSON as the answer of any route.
void fuzz(const QByteArray& bytes)
{
    const Result<Json> json = parseJson(bytes);
    if (!json) {
        return;
    }
    (void)decodeSubmitAnswer(*json);
    (void)decodeRefusal(*json);
    (void)decodeQueue(*json);
    (void)decodeHistoryEntry({}, *json);
    (void)decodeUpload(*json);
    const Result<SystemStats> stats = decodeSystemStats(*json);
    (void)capabilitiesOf(*json, stats.value_or(SystemStats()));
}
