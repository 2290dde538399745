// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/run/runservice.h"
#include "tests/testkit/fakecomfyapi.h"
#include "tests/testkit/fakeeventstream.h"

#include <QTemporaryDir>

#include <memory>

namespace gesso::testkit {

// A RunService with a fake server and short intervals.
struct RunServiceFixture {
    QTemporaryDir folder;
    SystemClock clock;
    FakeComfyApi api;
    FakeEventStream stream;
    qint64 freeSpace = -1; // of the output disk; negative: unknown
    std::unique_ptr<RunService> service;
    QStringList log; // "added a", "saved a x.png", "finished a done"
    QList<PreviewFrame> previews;

    RunServiceFixture();
    void useTimings(const RunTimings& timings); // before the first run

    RunRequest request(const QString& id) const; // one picture node and one that saves
    PromptId submit(const QString& id); // and gives the id

    // Frames of the server.
    void start(const PromptId& id);
    void step(const PromptId& id, double value, double max);
    void executed(const PromptId& id, const QStringList& names,
                  const QString& type = QStringLiteral("output"));
    void succeed(const PromptId& id);
    void end(const PromptId& id); // executing null

    void addHistory(const PromptId& id, const QStringList& names,
                    HistoryStatus status = HistoryStatus::Success,
                    const QString& type = QStringLiteral("output"));
    // The whole of a run that makes these pictures.
    void runToEnd(const PromptId& id, const QStringList& names);

    RunState state(const PromptId& id) const { return *service->state(id); }
    RunPhase phase(const PromptId& id) const { return service->state(id)->phase; }
    QStringList filesOnDisk() const; // hidden ones too
    static RunTimings shortTimings();
};

} // namespace gesso::testkit
