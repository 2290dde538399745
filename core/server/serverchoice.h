// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/server/serverprofile.h"

#include "core/base/result.h"

namespace gesso {

// What was said about the server to use; empty texts were not said.
struct ServerWishes {
    QString flag; // --server
    QString environment; // COMFYUI_SERVER_ADDRESS
    QString lastUsed;
    QString token;
};

// The server that was named: by the flag, else the environment, else the one used last. nullopt if none was,
// so that a local one is looked for (discoverServer()) and else the demo server serves. A named server is
// used or fails: nobody who named one ever gets demo pictures. Error: Usage, for a text that is no address.
// Pure.
Result<std::optional<ServerProfile>> namedServer(const ServerWishes& wishes);

} // namespace gesso
