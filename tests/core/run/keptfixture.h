// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runhistory.h"
#include "tests/core/run/runservicefixture.h"

#include <QTest>

namespace gesso::testkit {

// A fixture whose service keeps its runs, and can be followed by another process's.
struct KeptFixture : RunServiceFixture {
    QTemporaryDir data;
    std::unique_ptr<RunHistory> history;
    std::unique_ptr<RunJournal> journal;

    KeptFixture() { begin(); }
    ~KeptFixture() { finish(); }

    void begin()
    {
        history = std::make_unique<RunHistory>(data.filePath(QStringLiteral("history.db")));
        journal = history->journalFor(QStringLiteral("http://gpu-box:8188"));
        service =
            std::make_unique<RunService>(api, stream, clock, *journal, OutputStore({}, 0), shortTimings());
        QObject::connect(service.get(), &RunService::finished, &stream, [this](const PromptId& id) {
            log.append(u"finished " + id.toString() + u' ' + nameOf(phase(id)));
        });
    }

    void finish()
    {
        service.reset();
        journal.reset();
        history.reset();
    }

    // Another process, after this one has ended in the midst of it all.
    void restart()
    {
        finish();
        log.clear();
        api.calls.clear();
        begin();
        const auto restored = QCoro::waitFor(service->restore());
        QVERIFY(restored);
        clientId = *restored;
    }

    // From now on its queue has what is posted, until runThrough().
    void keepQueue()
    {
        api.onSubmit = [this](const SubmitRequest& request) -> Result<SubmitOutcome> {
            api.queueState.pending.append(QueueEntry{double(api.submitted.size()), request.promptId, {}});
            SubmitAnswer accepted;
            accepted.promptId = request.promptId;
            accepted.number = double(api.submitted.size());
            return SubmitOutcome(accepted);
        };
    }
    void runThrough(const PromptId& id)
    {
        api.queueState.pending.removeIf([&id](const QueueEntry& entry) { return entry.promptId == id; });
        runToEnd(id, {id.toString() + u".png"});
    }

    QString save(const QString& name) // by whomever
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write("bytes") == 5 ? file.fileName() : QString();
    }

    QString clientId; // as restore() gave it
};

} // namespace gesso::testkit
