// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/job.h"

namespace gesso::demo {

Json Job::toJson() const
{
    Json targets = Json::array();
    for (const QString& output : outputs) {
        targets.push_back(gesso::toJson(output));
    }
    return Json::array({number, gesso::toJson(promptId), prompt, extraData, std::move(targets)});
}

} // namespace gesso::demo
