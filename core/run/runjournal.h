// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/runrequest.h"
#include "core/run/runstate.h"

#include <QFuture>

#include <memory>

namespace gesso {

using RunRequestPtr = std::shared_ptr<const RunRequest>;

// What is kept of a run besides its request and state.
struct RunOrigin {
    std::optional<PromptId> resubmitOf; // the run it repeats
    int attempt = 0; // how often it was repeated before
};

// A run as an earlier process left it.
struct JournaledRun {
    RunRequestPtr request;
    RunState state; // without its progress
    RunOrigin origin;
    QString clientId; // of the socket it was posted under; empty if it was not
    bool cancelRequested = false;
    QHash<QString, QString> promised; // output key → path it was promised, see outputKey()
};

// Which output of a run: the same after a restart.
QString outputKey(const OutputItem& item);

// Where a RunService writes what it must not forget, for one server. Calls come from one thread and return at
// once; futures become ready in the order of the calls. Kept files are never shared by two owners: what
// takeOver() returns belongs to this journal until it is destroyed, and to whoever asks next after that.
class RunJournal
{
public:
    virtual ~RunJournal() = default;

    virtual bool isKept() const = 0; // whether anything survives this process

    // Ready when the run survives whatever happens to this process: until then nothing of it may be sent.
    // Errors: DiskFull, DiskError, Timeout; then the run is not kept.
    virtual QFuture<Result<void>> add(RunRequestPtr request, RunOrigin origin, const RunState& state,
                                      const QString& clientId) = 0;

    // Later states; written soon, the last one of a run winning.
    virtual void note(const RunState& state, const QString& clientId, bool cancelRequested) = 0;
    virtual QFuture<Result<void>> written() = 0; // ready when all noted so far is kept

    // Before files get their names on the disk, so that after a kill it is known whose they are: paths by
    // outputKey(). Ready with those that other runs under way were promised; then none is promised.
    virtual QFuture<Result<QStringList>> promise(const PromptId& run,
                                                 const QHash<QString, QString>& paths) = 0;

    // The runs of this server that have not ended and that no living process looks after, oldest first.
    virtual QFuture<Result<QList<JournaledRun>>> takeOver() = 0;
};

// Keeps nothing: for programs that need no more than their own memory.
class NullRunJournal final : public RunJournal
{
public:
    bool isKept() const override { return false; }
    QFuture<Result<void>> add(RunRequestPtr request, RunOrigin origin, const RunState& state,
                              const QString& clientId) override;
    void note(const RunState& state, const QString& clientId, bool cancelRequested) override;
    QFuture<Result<void>> written() override;
    QFuture<Result<QStringList>> promise(const PromptId& run, const QHash<QString, QString>& paths) override;
    QFuture<Result<QList<JournaledRun>>> takeOver() override;
};

} // namespace gesso
