// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/eventstream.h"
#include "core/net/connectiontrouble.h"

namespace gesso {

// How things stand with a server's socket at one moment.
struct ConnectionStatus {
    ConnectionState state = ConnectionState::Disconnected;
    ConnectionLoss loss; // why it is not connected, or Busy
    int retryInMs = -1; // until the next attempt; -1 none is waited for
    int silentMs = -1; // Busy: so long nothing has come

    bool operator==(const ConnectionStatus&) const = default;
};

// What a server that does not answer its socket's pings does otherwise.
enum class Liveness {
    Answers, // its REST answers: the socket must be dead
    Busy, // its machine takes connections, but nothing answers
    Gone,
};

} // namespace gesso
