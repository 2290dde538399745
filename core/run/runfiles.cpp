// SPDX-License-Identifier: LGPL-3.0-or-later
// The results of a run: which files there are, under which names, fetched one after the other.
#include "core/base/log.h"
#include "core/run/runerrors.h"
#include "core/run/runreducer.h"
#include "core/run/runservice_p.h"
#include "core/store/outputname.h"

#include <QCoroFuture>
#include <QDir>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>

namespace gesso {

namespace {

constexpr int maxNumber = 100'000; // of files with one name
constexpr int maxFetches = 5; // of a run whose files do not come through, though the server is there
constexpr int maxPromises = 20; // another Gesso takes names at the same moment, but not for ever

// Where each file can go, by output key: names that are on the disk or in `taken` are passed over.
QHash<QString, QString> freePaths(const QList<PlannedFile>& files, QSet<QString> taken)
{
    QHash<QString, QString> paths;
    for (const PlannedFile& file : files) {
        for (int number = 1; number <= maxNumber; ++number) {
            const QString path = QDir(file.folder).absoluteFilePath(numberedFileName(file.fileName, number));
            if (!taken.contains(path) && !QFileInfo::exists(path)) {
                taken.insert(path);
                paths.insert(outputKey(file.item), path);
                break;
            }
        }
    }
    return paths;
}

// What a better moment may bring: the way to the server is cut.
bool isCutOff(const QList<SavedFile>& files)
{
    return std::any_of(files.cbegin(), files.cend(), [](const SavedFile& file) {
        return !file.error.message.isEmpty()
            && (file.error.kind == ErrorKind::Unreachable || file.error.kind == ErrorKind::Timeout);
    });
}

QSet<QString> existing(const QList<QString>& paths)
{
    QSet<QString> found;
    for (const QString& path : paths) {
        if (QFileInfo(path).isFile()) {
            found.insert(path);
        }
    }
    return found;
}

} // namespace

QCoro::Task<void> RunService::Private::collect(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    if (!run->plan.isEmpty()) {
        co_await fetchRest(run);
        co_return;
    }
    run->isCollecting = true;
    const bool isKnown = co_await readHistory(run);
    if (!alive || !isKnown) {
        co_return;
    }
    planFiles(*run);
    co_await savePlanned(run);
}

// Some files did not come while the server was away.
QCoro::Task<void> RunService::Private::fetchRest(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    run->isCollecting = true;
    RunState state = run->state;
    for (SavedFile& file : state.files) {
        file.error = {};
    }
    setState(*run, std::move(state));
    if (alive) {
        co_await savePlanned(run);
    }
}

QCoro::Task<void> RunService::Private::savePlanned(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    co_await promiseNames(run);
    if (!alive) {
        co_return;
    }
    co_await download(run);
    if (!alive) {
        co_return;
    }
    run->isCollecting = false;
    if (isCutOff(run->state.files) && !run->cancel.isCancelled() && ++run->fetches < maxFetches) {
        reconcileSoon(); // gone on with if the server is there, else when it is back
        co_return;
    }
    settle(*run);
}

// False if there is nothing to fetch, now or ever.
QCoro::Task<bool> RunService::Private::readHistory(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    std::optional<Error> error;
    for (const int wait : timings.historyMs) {
        co_await pauses->pause(wait);
        if (!alive) {
            co_return false;
        }
        const auto history = co_await api.history(run->state.id, run->cancel.token());
        if (!alive || isEnded(run->state.phase)) {
            co_return false;
        }
        error = history ? std::nullopt : std::optional(history.error());
        if (history && *history) {
            const bool isNews = !run->state.verdict || run->state.outputs.isEmpty();
            setState(*run, reduce(run->state, **history));
            if (isNews && alive) { // no frame had told: the next process may find an empty history
                journalState(*run);
            }
            co_return !alive.isNull();
        }
        if (run->cancel.isCancelled()) {
            break;
        }
    }
    const bool isTold = run->state.verdict && !run->state.outputs.isEmpty();
    if (error && isRetryable(error->kind) && !run->cancel.isCancelled()) {
        // A gateway before a server that is being started answers with errors too, but then to everything.
        const bool isDenied = isDenial(*error) && (co_await api.queue(run->cancel.token())).has_value();
        if (!alive || isEnded(run->state.phase)) {
            co_return false;
        }
        const bool isKnown = run->state.verdict && run->isAllHeard;
        if (!isDenied || (!isKnown && ++run->denials < maxDenials)) {
            run->isCollecting = false; // tried again when the server is back, or by the poll
            co_return false;
        }
        if (!isKnown && !isTold) {
            end(*run, RunPhase::Lost, runerrors::recordDenied(*error));
            co_return false;
        }
    }
    if (run->cancel.isCancelled() && !isTold) { // neither done nor lost: nobody knows what there is
        end(*run, RunPhase::Cancelled, runerrors::cancelled());
        co_return false;
    }
    if (!run->state.verdict) {
        end(*run, RunPhase::Lost, error.value_or(runerrors::lostWithoutRecord()));
        co_return false;
    }
    co_return true; // what the events announced
}

void RunService::Private::planFiles(RunRecord& run)
{
    run.plan = planOutputs(*run.request, run.state.outputs, {}, clock.now().toLocalTime());
    run.state.files.clear();
    for (PlannedFile& file : run.plan) {
        if (file.folder.isEmpty() && file.item.type != QLatin1String("output")) {
            file.folder = temporaryFolder();
        }
        run.state.files.append(SavedFile{file.item, {}, {}});
    }
}

// A kill between giving a file its name and writing that down would fetch it twice. So names are written down
// first: what an earlier process was promised and is on the disk has been saved.
QCoro::Task<void> RunService::Private::promiseNames(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    if (!journal.isKept()) {
        co_return;
    }
    const QHash<QString, QString> promised = std::exchange(run->promised, {});
    QSet<QString> saved;
    if (!promised.isEmpty()) {
        const QFuture<QSet<QString>> looking = QtConcurrent::run(existing, promised.values());
        saved = co_await looking;
        if (!alive) {
            co_return;
        }
    }
    QList<PlannedFile> open;
    for (qsizetype i = 0; i < run->plan.size(); ++i) {
        const PlannedFile& file = run->plan[i];
        const QString path = promised.value(outputKey(file.item));
        if (saved.contains(path)) {
            run->state.files[i].path = path;
            const SavedFile told = run->state.files[i];
            Q_EMIT q.fileSaved(run->state.id, told);
            if (!alive) {
                co_return;
            }
        } else if (run->state.files[i].path.isEmpty()
                   && (!temporaryDir || file.folder != temporaryDir->path())) {
            open.append(file);
        }
    }

    QSet<QString> taken;
    for (int attempt = 0; attempt < maxPromises && !open.isEmpty(); ++attempt) {
        const QFuture<QHash<QString, QString>> choosing = QtConcurrent::run(freePaths, open, taken);
        const QHash<QString, QString> paths = co_await choosing;
        if (!alive) {
            co_return;
        }
        const QFuture<Result<QStringList>> promising = journal.promise(run->state.id, paths);
        const Result<QStringList> refused = co_await promising;
        if (!alive) {
            co_return;
        }
        if (!refused) {
            log::warning(log::Category::Run,
                         QStringLiteral("names not written down: %1").arg(refused.error().message));
            co_return;
        }
        if (!refused->isEmpty()) {
            taken.unite(QSet<QString>(refused->cbegin(), refused->cend()));
            continue;
        }
        for (PlannedFile& file : run->plan) {
            if (const QString path = paths.value(outputKey(file.item)); !path.isEmpty()) {
                file.fileName = QFileInfo(path).fileName();
            }
        }
        co_return;
    }
}

// Fetches every planned file that is not saved yet.
QCoro::Task<void> RunService::Private::download(RunRecordPtr run)
{
    const QPointer<QObject> alive(guard.get());
    for (qsizetype i = 0; i < run->plan.size(); ++i) {
        if (!run->state.files[i].path.isEmpty()) {
            continue;
        }
        Result<QString> saved = fail(runerrors::cancelled());
        for (const int wait : timings.downloadMs) {
            co_await pauses->pause(wait);
            if (!alive) {
                co_return;
            }
            if (run->cancel.isCancelled()) {
                break;
            }
            saved = co_await collector.save(run->plan[i], run->cancel.token());
            if (!alive) {
                co_return;
            }
            if (saved || !isRetryable(saved.error().kind)) {
                break;
            }
        }
        SavedFile& file = run->state.files[i];
        file.path = saved.value_or(QString());
        file.error = saved ? Error{} : saved.error();
        const SavedFile told = file;
        setState(*run, RunState(run->state));
        if (saved) {
            Q_EMIT q.fileSaved(run->state.id, told);
        }
        if (!alive) {
            co_return;
        }
    }
}

QCoro::Task<void> RunService::Private::retryDownloads(RunRecordPtr run, QString folder)
{
    const QPointer<QObject> alive(guard.get());
    if (!isEnded(run->state.phase) || !runerrors::unsavedFiles(run->state.files)) {
        co_return;
    }
    run->cancel = CancelSource();
    run->fetches = 0;
    RunState state = run->state;
    state.phase = RunPhase::Fetching;
    state.error.reset();
    for (SavedFile& file : state.files) {
        file.error = {};
    }
    if (!folder.isEmpty()) {
        for (PlannedFile& file : run->plan) {
            file.folder = folder;
        }
    }
    run->isCollecting = true;
    setState(*run, std::move(state));
    if (!alive) {
        co_return;
    }
    startPolling();
    co_await savePlanned(run);
}

void RunService::Private::settle(RunRecord& run)
{
    const HistoryStatus verdict = run.state.verdict.value_or(HistoryStatus::Error);
    if (!run.isPostSettled) {
        run.endAfterPost = endPhase(verdict); // its answer may bring findings
        return;
    }
    std::optional<Error> error = runerrors::unsavedFiles(run.state.files);
    switch (verdict) {
    case HistoryStatus::Success:
        if (error && error->kind == ErrorKind::Cancelled) {
            end(run, RunPhase::Cancelled, runerrors::cancelled());
        } else {
            end(run, error ? RunPhase::Failed : RunPhase::Done, error);
        }
        return;
    case HistoryStatus::Error:
        end(run, RunPhase::Failed, runerrors::nodeFailed(run.state.failure));
        return;
    case HistoryStatus::Interrupted:
        end(run, RunPhase::Cancelled,
            run.cancelRequested ? runerrors::cancelled() : runerrors::interruptedByOthers());
        return;
    }
}

QString RunService::Private::temporaryFolder()
{
    if (!temporaryDir) {
        temporaryDir = std::make_unique<QTemporaryDir>();
    }
    return temporaryDir->path();
}

} // namespace gesso
