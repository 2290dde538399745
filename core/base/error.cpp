// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/error.h"

#include <array>

namespace gesso {
namespace {

constexpr std::array kTable{
    ErrorKindInfo{ErrorKind::Usage, "usage", ExitCode::Usage, 400, false},
    ErrorKindInfo{ErrorKind::Unreadable, "unreadable", ExitCode::Usage, 400, false},
    ErrorKindInfo{ErrorKind::TooLarge, "too-large", ExitCode::Usage, 413, false},
    ErrorKindInfo{ErrorKind::InvalidWorkflow, "invalid-workflow", ExitCode::Failed, 422, false},
    ErrorKindInfo{ErrorKind::Refused, "refused", ExitCode::Failed, 400, false},
    ErrorKindInfo{ErrorKind::NodeFailed, "node-failed", ExitCode::Failed, 500, false},
    ErrorKindInfo{ErrorKind::Lost, "lost", ExitCode::Failed, 410, true},
    ErrorKindInfo{ErrorKind::Partial, "partial", ExitCode::Failed, 206, false},
    ErrorKindInfo{ErrorKind::Timeout, "timeout", ExitCode::Failed, 504, true},
    ErrorKindInfo{ErrorKind::Unreachable, "unreachable", ExitCode::Unreachable, 502, true},
    ErrorKindInfo{ErrorKind::Unauthorized, "unauthorized", ExitCode::Unreachable, 401, false},
    ErrorKindInfo{ErrorKind::NotFound, "not-found", ExitCode::Failed, 404, false},
    ErrorKindInfo{ErrorKind::ServerError, "server-error", ExitCode::Failed, 502, true},
    ErrorKindInfo{ErrorKind::Protocol, "protocol", ExitCode::Failed, 502, false},
    ErrorKindInfo{ErrorKind::DiskFull, "disk-full", ExitCode::Failed, 507, true},
    ErrorKindInfo{ErrorKind::DiskError, "disk-error", ExitCode::Failed, 500, true},
    ErrorKindInfo{ErrorKind::Cancelled, "cancelled", ExitCode::Cancelled, 499, false},
    ErrorKindInfo{ErrorKind::Internal, "internal", ExitCode::Failed, 500, false},
};

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kTable.size(); ++i) {
        if (static_cast<std::size_t>(kTable[i].kind) != i) {
            return false;
        }
    }
    return true;
}
static_assert(inEnumOrder(), "one row per kind, in the order of the enum");

} // namespace

QList<ErrorKindInfo> errorKinds()
{
    return {kTable.begin(), kTable.end()};
}

const ErrorKindInfo& infoFor(ErrorKind kind)
{
    return kTable.at(static_cast<std::size_t>(kind));
}

QString nameOf(ErrorKind kind)
{
    return QString::fromLatin1(infoFor(kind).name);
}

ExitCode exitCodeFor(ErrorKind kind)
{
    return infoFor(kind).exitCode;
}

bool isRetryable(ErrorKind kind)
{
    return infoFor(kind).retryable;
}

} // namespace gesso
