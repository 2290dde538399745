// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httpfault.h"

#include <curl/curl.h>

#include <system_error>

namespace gesso {
namespace {

HttpFault faultOfConnecting(const CurlOutcome& outcome)
{
    if (outcome.hasProxy) {
        return HttpFault::Proxy;
    }
    const std::error_code error(int(outcome.systemError), std::system_category());
    if (error == std::errc::connection_refused) {
        return HttpFault::Refused;
    }
    if (error == std::errc::timed_out) {
        return HttpFault::Timeout;
    }
    const bool isWithoutWay = error == std::errc::network_unreachable || error == std::errc::host_unreachable
        || error == std::errc::network_down;
    return isWithoutWay ? HttpFault::NoWay : HttpFault::Unknown;
}

} // namespace

HttpFault faultOf(const CurlOutcome& outcome)
{
    constexpr long kFirstRefusal = 400;
    if (outcome.code != CURLE_OK && outcome.proxyStatus >= kFirstRefusal) {
        return HttpFault::Proxy;
    }
    switch (outcome.code) {
    case CURLE_OK:
        return HttpFault::None;
    case CURLE_COULDNT_CONNECT:
        return faultOfConnecting(outcome);
    case CURLE_COULDNT_RESOLVE_HOST:
        return HttpFault::UnknownHost;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return HttpFault::Proxy;
    case CURLE_OPERATION_TIMEDOUT:
        return HttpFault::Timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_PEER_FAILED_VERIFICATION:
        return HttpFault::Tls;
    case CURLE_ABORTED_BY_CALLBACK: // HttpTransfer sends nothing a second time
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return HttpFault::Closed;
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR: // HttpTransfer has had enough of a head
        return HttpFault::Damaged;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: // HTTP/0.9: anything that does not begin as HTTP does
        return HttpFault::NotHttp;
    case CURLE_URL_MALFORMAT:
        return HttpFault::BadAddress;
    default:
        return HttpFault::Unknown;
    }
}

} // namespace gesso
