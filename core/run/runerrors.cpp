// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runerrors.h"

#include <QCoreApplication>
#include <QDir>

namespace gesso::runerrors {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::RunService)
};

} // namespace

Error nodeFailed(const std::optional<NodeFailure>& failure)
{
    if (!failure) {
        return {ErrorKind::NodeFailed,
                Text::tr("The run failed on the server, which does not say why."),
                Text::tr("Look into the server's log."),
                {}};
    }
    const QString firstLine = failure->message.trimmed().section(u'\n', 0, 0);
    const QString node = failure->nodeType.isEmpty() ? failure->node.toString() : failure->nodeType;
    const QString message = node.isEmpty() ? Text::tr("The run failed: %1").arg(firstLine)
                                           : Text::tr("%1 failed: %2").arg(node, firstLine);
    QStringList detail{failure->exceptionType + u": " + failure->message};
    detail += failure->traceback;
    return {ErrorKind::NodeFailed, message,
            Text::tr("Change the node's values, or look into the server's log."), detail.join(u'\n')};
}

Error cancelled()
{
    return {ErrorKind::Cancelled, Text::tr("The run was cancelled."), {}, {}};
}

Error interruptedByOthers()
{
    return {ErrorKind::Cancelled,
            Text::tr("The run was interrupted on the server."),
            Text::tr("Somebody else may have stopped it; generate again if you still want it."),
            {}};
}

Error deletedByOthers()
{
    return {ErrorKind::Cancelled,
            Text::tr("The run was removed from the server's queue."),
            Text::tr("Somebody else may have cleared the queue; generate again if you still want it."),
            {}};
}

Error stopNotConfirmed(int waitedMs)
{
    return {ErrorKind::Cancelled,
            Text::tr("The stop was asked for, but the server has not confirmed it within %1 s.")
                .arg(waitedMs / 1000),
            Text::tr("It may still be working on the run and stop after its current step."),
            {}};
}

Error lost()
{
    return {ErrorKind::Lost,
            Text::tr("The server no longer knows this run; it was probably restarted."),
            Text::tr("Generate again to send it once more."),
            {}};
}

Error lostWithoutRecord()
{
    return {ErrorKind::Lost,
            Text::tr("The server ended this run but keeps no record of its results."),
            Text::tr("Look into the server's output folder, or generate again."),
            {}};
}

Error recordDenied(const Error& cause)
{
    return {ErrorKind::Lost,
            Text::tr("The server does not say what became of this run: %1").arg(cause.message),
            Text::tr("Look into the server's log and its output folder, or generate again."), cause.detail};
}

Error notJournaled(const Error& cause)
{
    Error error = cause;
    error.message = Text::tr("The run was not sent: %1").arg(cause.message);
    return error;
}

Error foreignId(const PromptId& id)
{
    return {ErrorKind::Protocol,
            Text::tr("The server gave the run an id of its own, so it cannot be followed."),
            Text::tr("Update ComfyUI: it must accept the id of the client."), id.toString()};
}

Error unreadableUpload(const QString& path, const QString& reason)
{
    return {ErrorKind::Unreadable,
            Text::tr("The file %1 cannot be read.").arg(QDir::toNativeSeparators(path)),
            Text::tr("Choose the file again."), reason};
}

Error uploadTooLarge(const QString& path, qint64 maxBytes)
{
    return {ErrorKind::TooLarge,
            Text::tr("The file %1 is larger than %2 MB.")
                .arg(QDir::toNativeSeparators(path), QString::number(maxBytes / 1'000'000)),
            Text::tr("Choose a smaller file."),
            {}};
}

std::optional<Error> unsavedFiles(const QList<SavedFile>& files)
{
    QList<Error> errors;
    for (const SavedFile& file : files) {
        if (!file.error.message.isEmpty()) {
            errors.append(file.error);
        }
    }
    if (errors.isEmpty()) {
        return std::nullopt;
    }
    if (errors.size() == files.size()) {
        return errors.first();
    }
    const Error& first = errors.first();
    return Error{ErrorKind::Partial,
                 Text::tr("%1 of %2 results could not be saved: %3")
                     .arg(errors.size())
                     .arg(files.size())
                     .arg(first.message),
                 first.hint, first.detail};
}

} // namespace gesso::runerrors
