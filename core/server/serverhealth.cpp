// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/server/serverhealth.h"

#include "core/comfy/comfyapi.h"
#include "core/net/httperrors.h"

#include <QCoreApplication>
#include <QCoroAbstractSocket>
#include <QTcpSocket>

namespace gesso {
namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::ServerHealth)
};

QCoro::Task<bool> takesConnections(QUrl url)
{
    constexpr std::chrono::seconds kPatience{5};
    constexpr quint16 kHttp = 80;
    constexpr quint16 kHttps = 443;
    const auto socket = std::make_unique<QTcpSocket>();
    const quint16 usualPort = url.scheme() == QLatin1String("https") ? kHttps : kHttp;
    socket->connectToHost(url.host(), quint16(url.port(usualPort)));
    co_return co_await qCoro(socket.get()).waitForConnected(kPatience);
}

} // namespace

QCoro::Task<Liveness> livenessOf(ComfyApi& api, QUrl url, CancelToken cancel)
{
    const Result<Json> answer = co_await api.features(cancel);
    if (answer) {
        co_return Liveness::Answers;
    }
    switch (answer.error().kind) {
    case ErrorKind::Timeout: {
        const bool isThere = co_await takesConnections(url);
        co_return isThere ? Liveness::Busy : Liveness::Gone;
    }
    case ErrorKind::Unreachable:
    case ErrorKind::Cancelled:
        co_return Liveness::Gone;
    default:
        co_return Liveness::Answers; // whatever it says
    }
}

QCoro::Task<ConnectionLoss> diagnosed(ComfyApi& api, ConnectionLoss known, QUrl url, CancelToken cancel)
{
    const Result<Json> answer = co_await api.features(cancel);
    if (answer && known.trouble != ConnectionTrouble::NoWebSocket) {
        co_return known; // back already
    }
    if (answer) {
        known.reason =
            Text::tr("%1 answers, but does not let Gesso follow its work live.").arg(hostText(url));
        known.hint =
            Text::tr("A proxy on the way must pass WebSockets. Runs are followed by asking meanwhile.");
        co_return known;
    }
    const Error& error = answer.error();
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        co_return ConnectionLoss{ConnectionTrouble::Unauthorized, error.message, error.hint};
    case ErrorKind::Protocol:
    case ErrorKind::ServerError:
        co_return ConnectionLoss{ConnectionTrouble::NoWebSocket, error.message, error.hint};
    default:
        co_return known;
    }
}

} // namespace gesso
