// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

namespace gesso {

// Why an HTTP call got no complete answer. A closed set.
enum class HttpFault {
    None,
    Refused, // nothing listens there
    UnknownHost,
    NoWay, // no network, or none that leads there
    Timeout, // nobody answered while connecting
    Tls, // no safe connection
    Proxy, // a proxy on the way
    Closed, // the other end closed the connection before its answer was complete
    Damaged, // the answer cannot be unpacked, or its head has no end
    NotHttp, // somebody answers, but not as a web server does
    BadAddress, // neither http nor https
    Unknown,
};

// What libcurl says of a transfer that has ended: https://curl.se/libcurl/c/libcurl-errors.html
struct CurlOutcome {
    int code = 0; // CURLcode
    long systemError = 0; // CURLINFO_OS_ERRNO
    long proxyStatus = 0; // CURLINFO_HTTP_CONNECTCODE: what a proxy answered to CONNECT, or 0
    bool hasProxy = false;
};

// Pure. None for a transfer that went well.
HttpFault faultOf(const CurlOutcome& outcome);

} // namespace gesso
