// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/folders.h"
#include "core/demo/httpmessage.h"

namespace gesso::demo {

// POST /upload/image: keeps the name, or the file that is there if it has the same content; "name (1).png" if
// another has. 400 for names that lead out of the folder.
HttpAnswer storeImage(const Folders& folders, const HttpRequest& request);

// POST /upload/mask: the picture named by "original_ref" with the alpha of the uploaded one.
HttpAnswer storeMask(const Folders& folders, const HttpRequest& request);

} // namespace gesso::demo
