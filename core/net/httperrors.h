// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/net/httpfault.h"

#include <QString>
#include <QUrl>

namespace gesso {

struct HttpAnswer;

// "gpu-box:8188": what messages call a server. The port is left out where the URL has none.
QString hostText(const QUrl& url);

// The Error of a call that got no complete answer: Unreachable or Protocol, with plain words for the common
// causes.
Error transportError(const QString& host, HttpFault fault, const QString& technical);

// The Error of an answer whose status is not the expected one. `what` is the route ("GET /queue"). 401 and
// 403: Unauthorized, 404: NotFound, 413: TooLarge, others: ServerError. `detail` has the beginning of the
// body.
Error statusError(const QString& host, const QString& what, const HttpAnswer& answer);

} // namespace gesso
