// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/comfytypes.h"

#include <optional>

namespace gesso {

// What a server says it can do, from /features (or the feature_flags frame) and /system_stats.
struct Capabilities {
    bool previewMetadata = false; // previews name their node and job
    std::optional<qint64> maxUploadBytes;
    bool managerV4 = false;
    QString version; // of ComfyUI

    bool operator==(const Capabilities&) const = default;
};

// Never fails: what is absent or of another type is taken as not there.
Capabilities capabilitiesOf(const Json& features, const SystemStats& stats);

} // namespace gesso
