// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace gesso {

// What went wrong, as a closed set. Each kind has one row in the table of error.cpp, which gives its
// stable name (used in JSON output and docs/cli.md), its exit code, its HTTP status and whether trying
// again can help. Add a kind only together with its row, its line in docs/cli.md and a test raising it.
enum class ErrorKind {
    Usage, // the caller asked for something that makes no sense
    Unreadable, // an input file or text cannot be read or understood
    TooLarge, // an input is over a limit
    InvalidWorkflow, // readable, but cannot be converted or is not valid
    Refused, // the server refused the prompt (HTTP 400 with node errors)
    NodeFailed, // a node raised at run time
    Lost, // the server forgot the run
    Partial, // some outputs came, others did not
    Timeout, // a deadline passed
    Unreachable, // no connection to the server
    Unauthorized, // HTTP 401 or 403
    NotFound, // HTTP 404 or a missing thing
    ServerError, // HTTP 5xx or an unexpected status
    Protocol, // the server's answer does not follow the protocol
    DiskFull,
    DiskError, // cannot write, folder gone, permission
    Cancelled,
    Internal, // a bug of Gesso
};

// Of the command line (docs/cli.md).
enum class ExitCode { Done = 0, Failed = 1, Usage = 2, Unreachable = 3, Cancelled = 4 };

// An error as a value. `message` is one plain sentence for a person, naming the thing; `hint` is the way
// out; `detail` is what a developer wants to copy (a server's answer, a traceback). None is ever markup.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString message;
    QString hint;
    QString detail;

    bool operator==(const Error&) const = default;
};

// A row of the table of kinds.
struct ErrorKindInfo {
    ErrorKind kind;
    const char* name; // stable, kebab-case
    ExitCode exitCode;
    int httpStatus;
    bool retryable; // the same may go well later
};

// The one table, in the order of the enum.
QList<ErrorKindInfo> errorKinds();
const ErrorKindInfo& infoFor(ErrorKind kind);
QString nameOf(ErrorKind kind);
ExitCode exitCodeFor(ErrorKind kind);
bool isRetryable(ErrorKind kind);

} // namespace gesso
