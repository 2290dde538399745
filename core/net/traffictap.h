// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"

#include <memory>

namespace gesso {

// Sees everything that goes to one server and comes from it, as it happens. Called in the thread of the
// client and the socket that it is given to; must not wait.
class TrafficTap
{
public:
    TrafficTap() = default;
    virtual ~TrafficTap() = default;
    TrafficTap(const TrafficTap&) = delete;
    TrafficTap& operator=(const TrafficTap&) = delete;

    virtual void socketOpened(const QUrl& url) = 0;
    virtual void socketClosed(const QString& reason) = 0; // empty: asked for
    virtual void textSent(const QByteArray& utf8) = 0;
    virtual void textReceived(const QByteArray& utf8) = 0;
    virtual void binaryReceived(const QByteArray& bytes) = 0;
    // A call that has ended, `tookMs` after it began; `answer` may be an error.
    virtual void exchanged(const HttpRequest& request, const Result<HttpAnswer>& answer, qint64 tookMs) = 0;
};

using TrafficTapPtr = std::shared_ptr<TrafficTap>;

} // namespace gesso
