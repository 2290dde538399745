// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/folders.h"
#include "core/demo/httpmessage.h"

namespace gesso::demo {

// GET /view: a file of one of the trees, plain (with Range and If-Modified-Since), as a smaller copy
// (preview=webp;50, jpeg;80) or one of its channels (channel=rgb|a). Statuses as recorded.
HttpAnswer viewFile(const Folders& folders, const HttpRequest& request);

} // namespace gesso::demo
