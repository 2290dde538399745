// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runjournal.h"

#include <QPromise>

namespace gesso {

namespace {

template <typename T> QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

QString outputKey(const OutputItem& item)
{
    return QStringList{item.type, item.subfolder, item.filename}.join(u'/');
}

QFuture<Result<void>> NullRunJournal::add(RunRequestPtr, RunOrigin, const RunState&, const QString&)
{
    return readyFuture(Result<void>());
}

void NullRunJournal::note(const RunState&, const QString&, bool) { }

QFuture<Result<void>> NullRunJournal::written()
{
    return readyFuture(Result<void>());
}

QFuture<Result<QStringList>> NullRunJournal::promise(const PromptId&, const QHash<QString, QString>&)
{
    return readyFuture(Result<QStringList>());
}

QFuture<Result<QList<JournaledRun>>> NullRunJournal::takeOver()
{
    return readyFuture(Result<QList<JournaledRun>>());
}

} // namespace gesso
