// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/core.h"

#include "core/server/serverprofile.h"
#include "core/server/sessiontuning.h"

#include <QFileInfo>

namespace gesso::chaos {

namespace {

// As the real ones, but for people who cannot wait.
SessionTuning shortTuning(std::shared_ptr<std::atomic<qint64>> diskSpace, quint64 seed)
{
    SessionTuning tuning;
    tuning.rest.general = {10'000, 5000, tuning.rest.general.maxBytes};
    tuning.rest.submit = {10'000, 5000, tuning.rest.submit.maxBytes};
    tuning.rest.history = {10'000, 5000, tuning.rest.history.maxBytes};
    tuning.rest.objectInfo = {10'000, 5000, tuning.rest.objectInfo.maxBytes};
    tuning.rest.upload = {0, 5000, tuning.rest.upload.maxBytes};
    tuning.rest.view = {0, 5000, tuning.rest.view.maxBytes};
    tuning.socket.retry.firstMs = 5;
    tuning.socket.retry.maxMs = 40;
    tuning.socket.eagerRetryMs = 20;
    tuning.socket.settleMs = 20;
    tuning.socket.graceMs = 200;
    tuning.socket.channel.connectMs = 5000;
    tuning.socket.channel.pingMs = 60;
    tuning.socket.channel.pongMs = 150;
    tuning.socket.stallMs = 300;
    tuning.runs.historyMs = {0, 10, 30, 60, 120};
    tuning.runs.lookupMs = {0, 30, 60, 120, 240, 500};
    tuning.runs.downloadMs = {0, 20, 60};
    tuning.runs.pollMs = 150;
    tuning.runs.followMs = 30;
    tuning.runs.confirmMs = 15;
    tuning.runs.cancelMs = 3000;
    // The pictures are small: every other time they are resumed all the same.
    tuning.store = OutputStore([diskSpace](const QString&) { return diskSpace->load(); },
                               seed % 2 == 0 ? 0 : OutputStore::leastResumable);
    return tuning;
}

ServerProfile profileOf(const Place& place)
{
    ServerProfile profile;
    profile.name = QStringLiteral("chaos");
    profile.url = serverUrlFromText(place.server);
    return profile;
}

int unsavedFiles(const RunState& state)
{
    return int(std::count_if(state.files.cbegin(), state.files.cend(),
                             [](const SavedFile& file) { return file.path.isEmpty(); }));
}

} // namespace

Core::Core(const Place& place)
    : m_place(place)
    , m_disk(QFileInfo(place.home).path())
    , m_diskSpace(std::make_shared<std::atomic<qint64>>(-1))
    , m_history(RunHistory::fileIn(place.home))
    , m_session(profileOf(place), m_clock, place.home + QStringLiteral("/cache"), m_history,
                ServerSession::Unfinished::TakeOver, shortTuning(m_diskSpace, place.seed))
{
    m_session.runs().setResubmitLost(place.isResubmitting);
    m_session.open();
}

Core::~Core() = default;

void Core::submit(const RunPlan& plan)
{
    RunRequest request = requestFor(m_place, plan);
    request.created = m_clock.now();
    m_session.runs().submit(std::move(request));
}

void Core::cancel(int index)
{
    m_session.runs().cancel(idOf(m_place.seed, index));
}

void Core::setDiskSpace(qint64 bytes)
{
    *m_diskSpace = bytes;
    m_disk.setFree(bytes);
}

void Core::jumpClock(qint64 ms)
{
    m_clock.jump(ms);
}

void Core::retryDownloads()
{
    for (const PromptId& id : m_session.runs().runs()) {
        m_session.runs().retryDownloads(id);
    }
}

std::optional<Memory> Core::answer()
{
    const RunService& service = m_session.runs();
    Memory memory;
    for (const PromptId& id : service.runs()) {
        const RunState& state = *service.state(id);
        memory.runs.append({id.toString(), nameOf(state.phase),
                            state.error ? state.error->message : QString(), unsavedFiles(state)});
    }
    memory.active = int(service.hasActiveRuns());
    memory.isConnected = m_session.state() == ConnectionState::Connected;
    return memory;
}

std::unique_ptr<Gesso> startHere(const Place& place)
{
    return std::make_unique<Core>(place);
}

} // namespace gesso::chaos
