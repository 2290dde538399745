// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/capabilities.h"

namespace gesso {

Capabilities capabilitiesOf(const Json& features, const SystemStats& stats)
{
    Capabilities capabilities;
    capabilities.version = stats.version;
    capabilities.previewMetadata = boolMember(features, "supports_preview_metadata");
    // A float in some configurations: megabytes from the command line × 1024².
    if (const qint64 bytes = intMember(features, "max_upload_size"); bytes > 0) {
        capabilities.maxUploadBytes = bytes;
    }
    if (const Json* extension = member(features, "extension")) {
        if (const Json* manager = member(*extension, "manager")) {
            capabilities.managerV4 = boolMember(*manager, "supports_v4");
        }
    }
    return capabilities;
}

} // namespace gesso
