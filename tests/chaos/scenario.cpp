// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/scenario.h"

#include "core/run/runhistory.h"

#include <QDir>
#include <QEventLoop>
#include <QImage>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>
#include <cstdio>

namespace gesso::chaos {

namespace {

constexpr qint64 patienceMs = 60'000; // for everything to come to rest
constexpr int glanceMs = 4;

QImage smallPicture()
{
    QImage picture(16, 16, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    return picture;
}

// With the sample pictures a server would otherwise paint first, which takes longer than a scenario.
QString serverFolderIn(const QTemporaryDir& folder)
{
    const QString input = folder.filePath(QStringLiteral("server/input"));
    QDir().mkpath(input);
    for (const QString& name : {QStringLiteral("example.png"), QStringLiteral("example-masked.png")}) {
        smallPicture().save(QDir(input).filePath(name));
    }
    return folder.filePath(QStringLiteral("server"));
}

// A run that could not be written down was not sent, and is in no ledger: see checkRun().
bool isSettled(const QList<LedgerRow>& rows, const Memory& memory)
{
    QHash<QString, QString> phases;
    for (const LedgerRow& row : rows) {
        if (row.isActive) {
            return false;
        }
        phases.insert(row.id, row.phase);
    }
    return std::all_of(memory.runs.cbegin(), memory.runs.cend(), [&phases](const Memory::Run& run) {
        const auto phase = phases.constFind(run.id);
        return phase == phases.constEnd() ? canBeUnwritten(run) : *phase == run.phase;
    });
}

Json fetched(QNetworkReply* reply)
{
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished()) {
        loop.exec();
    }
    reply->deleteLater();
    return parseJson(reply->readAll()).value_or(Json());
}

} // namespace

Scenario::Scenario(Script script, bool isVerbose)
    : m_script(std::move(script))
    , m_isVerbose(isVerbose)
    , m_server(serverFolderIn(m_folder), m_script.stepDelayMs, m_script.isServerProcess)
    , m_wire(quint16(m_server.url().port()))
{
    m_place.seed = m_script.seed;
    m_place.server = m_wire.url().toString();
    m_place.home = m_folder.filePath(QStringLiteral("gesso/home"));
    m_place.output = m_folder.filePath(QStringLiteral("gesso/results"));
    m_place.upload = m_folder.filePath(QStringLiteral("mine.png"));
    m_place.isResubmitting = m_script.isResubmitting;
    m_place.hasOneName = m_script.hasOneName;
    QDir().mkpath(m_place.home);
    smallPicture().save(m_place.upload);
}

Scenario::~Scenario()
{
    m_gesso.reset();
}

void Scenario::say(const QString& what) const
{
    if (m_isVerbose) {
        std::printf("    %5lld ms  %s\n", static_cast<long long>(m_time.elapsed()), qPrintable(what));
        std::fflush(stdout);
    }
}

Scenario::Outcome Scenario::play()
{
    m_patience.start();
    m_time.start();
    startGesso();
    if (m_script.isConnectedFirst
        && !waitForMemory([](const Memory& memory) { return memory.isConnected; })) {
        return {{QStringLiteral("Gesso does not connect")}, {}};
    }
    schedule();
    m_patience.restart();
    waitFor([this] { return m_due == 0; });
    calm();
    m_patience.restart();
    if (!settle()) {
        Outcome stuck{{QStringLiteral("still not at rest after %1 s").arg(patienceMs / 1000)}, {}};
        for (const Memory::Run& run : m_memory.runs) {
            stuck.violations += QStringLiteral("  %1 is %2 %3").arg(run.id, run.phase, run.error);
        }
        return stuck;
    }
    const Evidence evidence = collect();
    Outcome outcome{violations(m_script, evidence), {}};
    for (const LedgerRow& row : evidence.ledger) {
        ++outcome.ends[row.phase];
        if (!row.resubmitOf.isEmpty()) {
            ++outcome.ends[QStringLiteral("(of these sent again)")];
        }
    }
    for (const RunPlan& run : m_script.runs) {
        const QString id = idOf(m_script.seed, run.index).toString();
        if (std::none_of(evidence.ledger.cbegin(), evidence.ledger.cend(),
                         [&id](const LedgerRow& row) { return row.id == id; })) {
            ++outcome
                  .ends[QStringLiteral("(not sent: killed, or the disk full, before it was written down)")];
        }
    }
    for (const Memory::Run& run : m_memory.runs) {
        say(QStringLiteral("%1 %2 %3").arg(run.id, run.phase, run.error));
    }
    return outcome;
}

void Scenario::startGesso()
{
    say(QStringLiteral("Gesso starts"));
    m_gesso = m_script.isGessoProcess ? startProcess(m_place) : startHere(m_place);
    for (const RunPlan& plan : std::exchange(m_unsubmitted, {})) {
        submit(plan);
    }
}

void Scenario::killGesso(int forMs)
{
    m_gesso.reset();
    later(forMs, [this] {
        if (!m_gesso) {
            startGesso();
        }
    });
}

void Scenario::submit(const RunPlan& plan)
{
    if (!m_gesso) {
        m_unsubmitted.append(plan);
        return;
    }
    say(QStringLiteral("run %1 = %2").arg(plan.index).arg(idOf(m_script.seed, plan.index).toString()));
    m_gesso->submit(plan);
}

// Timers may be late: nothing of the script may happen after the calm.
void Scenario::later(int ms, std::function<void()> what)
{
    ++m_due;
    QTimer::singleShot(ms, Qt::PreciseTimer, this, [this, what = std::move(what)] {
        what();
        --m_due;
    });
}

void Scenario::schedule()
{
    m_time.restart();
    for (const RunPlan& run : m_script.runs) {
        later(run.atMs, [this, run] { submit(run); });
    }
    for (const Blow& blow : m_script.blows) {
        later(blow.atMs, [this, blow] {
            say(nameOf(blow.fault));
            begin(blow);
            if (blow.forMs > 0) {
                later(blow.forMs, [this, blow] { over(blow); });
            }
        });
    }
}

// Straight to the server, as another client.
void Scenario::post(const QString& path, const Json& body)
{
    if (!m_server.isUp()) {
        return;
    }
    QNetworkRequest request(QUrl(m_server.url().toString() + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    auto* network = new QNetworkAccessManager(this);
    QNetworkReply* reply = network->post(request, QByteArray::fromStdString(body.dump()));
    connect(reply, &QNetworkReply::finished, network, &QObject::deleteLater);
}

Json Scenario::get(const QString& path)
{
    QNetworkAccessManager network;
    return fetched(network.get(QNetworkRequest(QUrl(m_server.url().toString() + path))));
}

bool Scenario::waitFor(const std::function<bool()>& condition)
{
    QEventLoop loop;
    QTimer glance;
    connect(&glance, &QTimer::timeout, &loop, [&] {
        if (m_patience.elapsed() > patienceMs || condition()) {
            loop.quit();
        }
    });
    glance.start(glanceMs);
    loop.exec();
    return m_patience.elapsed() <= patienceMs;
}

bool Scenario::waitForMemory(const std::function<bool(const Memory&)>& condition)
{
    m_gesso->ask();
    return waitFor([&] {
        const std::optional<Memory> memory = m_gesso->answer();
        if (!memory) {
            return false;
        }
        m_memory = *memory;
        if (condition(m_memory)) {
            return true;
        }
        m_gesso->ask();
        return false;
    });
}

bool Scenario::settle()
{
    const auto isAtRest = [](const Memory& memory) { return memory.active == 0; };
    if (!waitForMemory(isAtRest)) {
        return false;
    }
    const bool isRetryDue =
        std::any_of(m_memory.runs.cbegin(), m_memory.runs.cend(), [](const Memory::Run& run) {
            return run.phase == nameOf(RunPhase::Failed) && run.unsaved > 0;
        });
    if (isRetryDue) {
        say(QStringLiteral("downloads once more"));
        m_gesso->retryDownloads();
        if (!waitForMemory(isAtRest)) {
            return false;
        }
    }
    return waitFor([this] { // it is written a moment later
        const Result<QList<LedgerRow>> rows = readLedger(RunHistory::fileIn(m_place.home));
        return rows && isSettled(*rows, m_memory);
    });
}

Evidence Scenario::collect()
{
    Evidence evidence;
    evidence.memory = m_memory;
    waitFor([&] { // what was cancelled is still being interrupted
        evidence.queue = get(QStringLiteral("/queue"));
        return evidence.queue.value("queue_running", Json()).empty();
    });
    evidence.history = get(QStringLiteral("/history"));
    evidence.ledger = readLedger(RunHistory::fileIn(m_place.home)).value_or(QList<LedgerRow>());
    readFiles(evidence, m_folder.filePath(QStringLiteral("server")), m_place.output);
    return evidence;
}

} // namespace gesso::chaos
