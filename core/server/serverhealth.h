// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/comfy/connectionstatus.h"

#include <QCoroTask>
#include <QUrl>

namespace gesso {

class ComfyApi;

// What a server's REST tells about its socket. Both functions touch `api` only before they wait.

// Whether a server that does not answer pings is busy, gone, or only its socket is. A program that is busy
// answers nothing for a minute and more, but its machine goes on taking connections for it.
QCoro::Task<Liveness> livenessOf(ComfyApi& api, QUrl url, CancelToken cancel);

// Why a handshake had no answer, or none that was one: no token, another program, a redirect. `known` if REST
// does not know better.
QCoro::Task<ConnectionLoss> diagnosed(ComfyApi& api, ConnectionLoss known, QUrl url, CancelToken cancel);

} // namespace gesso
