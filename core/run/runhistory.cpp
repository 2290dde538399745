// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runhistory.h"

#include "core/base/log.h"
#include "core/run/historywriter.h"
#include "core/run/runcodec.h"
#include "core/store/historyschema.h"
#include "core/store/instancemark.h"

#include <QFileInfo>
#include <QPromise>
#include <QSet>

#include <algorithm>
#include <mutex>
#include <utility>

namespace gesso {

namespace {

// A future that is given its result in the writer's thread.
template <typename T> struct Answer {
    std::shared_ptr<QPromise<Result<T>>> promise = std::make_shared<QPromise<Result<T>>>();

    Answer() { promise->start(); }
    QFuture<Result<T>> future() const { return promise->future(); }
    void give(Result<T> result) const
    {
        promise->addResult(std::move(result));
        promise->finish();
    }
};

// Which runs a journal looks after. Shared with the writer's thread.
struct Charges {
    std::mutex mutex;
    QSet<QString> ids;

    void add(const QString& id)
    {
        const std::lock_guard lock(mutex);
        ids.insert(id);
    }
    void remove(const QString& id)
    {
        const std::lock_guard lock(mutex);
        ids.remove(id);
    }
    bool contains(const QString& id)
    {
        const std::lock_guard lock(mutex);
        return ids.contains(id);
    }
};

} // namespace

class RunHistory::Private
{
public:
    Private(const QString& file, HistoryWriter::Problem teller, HistoryWriter::Solved solved)
        : mark(QFileInfo(file).absolutePath() + QLatin1String("/instances"))
        , tell(std::move(teller))
        , writer(file, mark.id(), tell, std::move(solved))
    {
    }

    // In the writer's thread:
    Result<void> adoptDead(HistoryStore& store, const QString& server);
    Result<QList<JournaledRun>> read(HistoryStore& store, const QString& server);
    Result<std::optional<JournaledRun>> decode(HistoryStore& store, const HistoryRow& row);

    // Without a file that can be used runs go on unkept; what may pass refuses them: a full disk, a lock, a
    // disk that fails under a file that was of use before.
    Result<void> unlessUnusable(const Result<void>& result) const
    {
        return writer.isUnusable() ? Result<void>() : result;
    }

    // Others see that this process lives. Where the disk was full it is tried again.
    bool isMarked() { return mark.isSet() || (isMarkRefused() && mark.set()); }
    bool isMarkRefused() const { return unmarked && unmarked->kind == ErrorKind::DiskFull; }

    std::shared_ptr<Charges> makeCharges();
    bool isLookedAfter(const QString& id);

    InstanceMark mark;
    const HistoryWriter::Problem tell; // from any thread
    std::mutex mutex;
    QList<std::weak_ptr<Charges>> charges; // of the journals of this process
    std::optional<Error> problem; // in the thread of RunHistory only, as is:
    std::optional<Error> unmarked; // why the mark was not set at the start
    HistoryWriter writer; // last: its thread uses the above
};

std::shared_ptr<Charges> RunHistory::Private::makeCharges()
{
    const std::lock_guard lock(mutex);
    charges.removeIf([](const std::weak_ptr<Charges>& known) { return known.expired(); });
    const auto made = std::make_shared<Charges>();
    charges.append(made);
    return made;
}

bool RunHistory::Private::isLookedAfter(const QString& id)
{
    const std::lock_guard lock(mutex);
    return std::any_of(charges.cbegin(), charges.cend(), [&id](const std::weak_ptr<Charges>& known) {
        const std::shared_ptr<Charges> alive = known.lock();
        return alive && alive->contains(id);
    });
}

// Another process may be about to do the same: owners change inside a transaction, so only one gets them.
Result<void> RunHistory::Private::adoptDead(HistoryStore& store, const QString& server)
{
    const Result<QList<HistoryOwner>> owners = store.owners();
    if (!owners) {
        return fail(owners.error());
    }
    for (const HistoryOwner& owner : *owners) {
        if (owner.server != server || owner.owner == mark.id() || mark.isAlive(owner.owner)) {
            continue;
        }
        if (const Result<void> adopted = store.setOwner(server, owner.owner, mark.id()); !adopted) {
            return adopted;
        }
        log::info(log::Category::Run,
                  QStringLiteral("%1 run(s) taken over from an earlier Gesso").arg(owner.activeRuns));
    }
    return {};
}

Result<QList<JournaledRun>> RunHistory::Private::read(HistoryStore& store, const QString& server)
{
    const Result<QList<HistoryRow>> rows = store.activeRuns(server, mark.id());
    if (!rows) {
        return fail(rows.error());
    }
    QList<JournaledRun> runs;
    for (const HistoryRow& row : *rows) {
        if (isLookedAfter(row.id)) {
            continue;
        }
        Result<std::optional<JournaledRun>> run = decode(store, row);
        if (!run) {
            return fail(run.error());
        }
        if (*run) {
            runs.append(std::move(**run));
        }
    }
    return runs;
}

Result<std::optional<JournaledRun>> RunHistory::Private::decode(HistoryStore& store, const HistoryRow& row)
{
    Result<JournaledRun> run = decodeRun(row);
    if (!run) { // never looked at again, but not deleted: somebody may still want to see it
        log::error(log::Category::Run, run.error().message);
        const Result<bool> closed =
            store.change(mark.id(), {row.id, row.clientId, QStringLiteral("unreadable"), false, row.state});
        if (!closed) {
            return fail(closed.error());
        }
        return std::optional<JournaledRun>();
    }
    const Result<QList<HistoryFile>> files = store.reservedFiles(row.id);
    if (!files) {
        return fail(files.error());
    }
    for (const HistoryFile& file : *files) {
        run->promised.insert(file.item, file.path);
    }
    return std::optional(std::move(*run));
}

// One server's view of the history.
class RunHistory::Journal final : public RunJournal
{
public:
    Journal(Private& shared, QString server)
        : m_shared(shared)
        , m_server(std::move(server))
        , m_charges(shared.makeCharges())
    {
    }

    bool isKept() const override { return m_shared.isMarked(); }
    QFuture<Result<void>> add(RunRequestPtr request, RunOrigin origin, const RunState& state,
                              const QString& clientId) override;
    void note(const RunState& state, const QString& clientId, bool cancelRequested) override;
    QFuture<Result<void>> written() override;
    QFuture<Result<QStringList>> promise(const PromptId& run, const QHash<QString, QString>& paths) override;
    QFuture<Result<QList<JournaledRun>>> takeOver() override;

private:
    Private& m_shared;
    const QString m_server;
    const std::shared_ptr<Charges> m_charges; // those that are kept
};

QFuture<Result<void>> RunHistory::Journal::add(RunRequestPtr request, RunOrigin origin, const RunState& state,
                                               const QString& clientId)
{
    const Answer<void> answer;
    if (!isKept()) { // nobody would see that this process lives, and take its runs
        answer.give(m_shared.isMarkRefused() ? Result<void>(fail(*m_shared.unmarked)) : Result<void>());
        return answer.future();
    }
    const QString id = state.id.toString();
    m_charges->add(id);
    m_shared.writer.post(
        [owner = m_shared.mark.id(), server = m_server, request = std::move(request),
         origin = std::move(origin), change = encodeState(state, clientId, false)](HistoryStore& store) {
            HistoryRow row = encodeRun(*request, origin, change);
            row.owner = owner;
            row.server = server;
            return store.insert(row);
        },
        [answer, id, charges = m_charges, shared = &m_shared](const Result<void>& stored) {
            if (!stored) {
                charges->remove(id);
            }
            answer.give(shared->unlessUnusable(stored));
        });
    return answer.future();
}

void RunHistory::Journal::note(const RunState& state, const QString& clientId, bool cancelRequested)
{
    if (m_charges->contains(state.id.toString())) {
        m_shared.writer.change(encodeState(state, clientId, cancelRequested));
    }
}

QFuture<Result<void>> RunHistory::Journal::written()
{
    const Answer<void> answer;
    m_shared.writer.post([](HistoryStore&) { return Result<void>(); },
                         [answer, shared = &m_shared](const Result<void>& written) {
                             answer.give(shared->unlessUnusable(written));
                         });
    return answer.future();
}

QFuture<Result<QStringList>> RunHistory::Journal::promise(const PromptId& run,
                                                          const QHash<QString, QString>& paths)
{
    const Answer<QStringList> answer;
    QList<HistoryFile> files;
    for (auto path = paths.cbegin(); path != paths.cend(); ++path) {
        files.append({path.key(), path.value()});
    }
    const auto taken = std::make_shared<QStringList>();
    m_shared.writer.post(
        [id = run.toString(), files, taken](HistoryStore& store) -> Result<void> {
            const Result<QStringList> found = store.reserve(id, files);
            if (!found) {
                return fail(found.error());
            }
            *taken = *found;
            return {};
        },
        [answer, taken](const Result<void>& done) {
            answer.give(done ? Result<QStringList>(*taken) : fail(done.error()));
        });
    return answer.future();
}

QFuture<Result<QList<JournaledRun>>> RunHistory::Journal::takeOver()
{
    const Answer<QList<JournaledRun>> answer;
    if (!isKept()) {
        answer.give(m_shared.isMarkRefused() ? Result<QList<JournaledRun>>(fail(*m_shared.unmarked))
                                             : Result<QList<JournaledRun>>());
        return answer.future();
    }
    const auto runs = std::make_shared<QList<JournaledRun>>();
    const auto giveBack = [weak = std::weak_ptr(m_charges), runs] { // the transaction was not to be
        const std::shared_ptr<Charges> charges = weak.lock();
        for (const JournaledRun& run : std::exchange(*runs, {})) {
            if (charges) {
                charges->remove(run.request->id.toString());
            }
        }
    };
    m_shared.writer.post(
        [shared = &m_shared, server = m_server, weak = std::weak_ptr(m_charges), runs,
         giveBack](HistoryStore& store) -> Result<void> {
            const std::shared_ptr<Charges> charges = weak.lock();
            if (!charges) {
                return {}; // its journal is gone: the next one takes them
            }
            giveBack();
            if (const Result<void> adopted = shared->adoptDead(store, server); !adopted) {
                return adopted;
            }
            const Result<QList<JournaledRun>> read = shared->read(store, server);
            if (!read) {
                return fail(read.error());
            }
            *runs = *read;
            for (const JournaledRun& run : *read) {
                charges->add(run.request->id.toString());
            }
            return {};
        },
        [answer, runs, giveBack](const Result<void>& done) {
            if (!done) {
                giveBack();
            }
            answer.give(done ? Result<QList<JournaledRun>>(*runs) : fail(done.error()));
        });
    return answer.future();
}

QString RunHistory::fileIn(const QString& dataFolder)
{
    return dataFolder + QLatin1String("/history.db");
}

RunHistory::RunHistory(const QString& file, QObject* parent)
    : QObject(parent)
{
    const auto found = [this](const Error& error) {
        QMetaObject::invokeMethod(
            this,
            [this, error] {
                d->problem = error;
                Q_EMIT problemFound(error);
            },
            Qt::QueuedConnection);
    };
    const auto solved = [this] {
        QMetaObject::invokeMethod(
            this,
            [this] {
                d->problem.reset();
                Q_EMIT problemSolved();
            },
            Qt::QueuedConnection);
    };
    d = std::make_unique<Private>(file, found, solved);
    if (!d->mark.isSet()) {
        const QString reason = QStringLiteral("the mark of this process cannot be set");
        d->unmarked = history::explained(history::cannotMake(file, reason), file);
        d->tell(*d->unmarked);
        return;
    }
    d->writer.post(
        [shared = d.get()](HistoryStore& store) {
            shared->mark.removeOld();
            return store.prune(keptRuns);
        },
        [](const Result<void>&) {});
}

RunHistory::~RunHistory() = default;

std::unique_ptr<RunJournal> RunHistory::journalFor(const QString& server)
{
    return std::make_unique<Journal>(*d, server);
}

QFuture<Result<QList<AbandonedRuns>>> RunHistory::abandonedRuns()
{
    const Answer<QList<AbandonedRuns>> answer;
    const auto abandoned = std::make_shared<QList<AbandonedRuns>>();
    d->writer.post(
        [shared = d.get(), abandoned](HistoryStore& store) -> Result<void> {
            abandoned->clear(); // it may be done twice
            const Result<QList<HistoryOwner>> owners = store.owners();
            if (!owners) {
                return fail(owners.error());
            }
            for (const HistoryOwner& owner : *owners) {
                if (owner.owner != shared->mark.id() && !shared->mark.isAlive(owner.owner)) {
                    abandoned->append({owner.server, owner.activeRuns});
                }
            }
            return {};
        },
        [answer, abandoned](const Result<void>& done) {
            answer.give(done ? Result<QList<AbandonedRuns>>(*abandoned) : fail(done.error()));
        });
    return answer.future();
}

std::optional<Error> RunHistory::problem() const
{
    return d->problem;
}

} // namespace gesso
