// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gesso::bench {

// One TCP connection of the mock: HTTP with keep-alive, or the socket of events once it was upgraded.
struct Connection {
    int fd = -1;
    std::string in;
    std::string out;
    std::size_t written = 0; // of out
    bool isSocket = false;
    bool wantsMetadata = false; // asked for in feature_flags
    bool isWatchedForWriting = false;
    bool closesAfterWriting = false;
    std::string clientId;

    std::size_t waiting() const { return out.size() - written; }
};

} // namespace gesso::bench
