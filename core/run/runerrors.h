// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runstate.h"

// The sentences in which a run says why it ended badly.
namespace gesso::runerrors {

Error nodeFailed(const std::optional<NodeFailure>& failure);
Error cancelled();
Error interruptedByOthers();
Error deletedByOthers();
Error stopNotConfirmed(int waitedMs);
Error lost();
Error lostWithoutRecord(); // it ended, but the history has no entry
Error recordDenied(const Error& cause); // it answers questions about this run with errors only
Error notJournaled(const Error& cause); // the journal did not take the run, so nothing was sent
Error foreignId(const PromptId& id); // the server does not take our prompt id
Error unreadableUpload(const QString& path, const QString& reason);
Error uploadTooLarge(const QString& path, qint64 maxBytes);

// One error for a run some of whose files were not saved; nullopt if all were.
std::optional<Error> unsavedFiles(const QList<SavedFile>& files);

} // namespace gesso::runerrors
