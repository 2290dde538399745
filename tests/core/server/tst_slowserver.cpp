// SPDX-License-Identifier: GPL-3.0-or-later
// A server that is blocked for a while, as when it loads a model: it takes connections and answers nothing,
// neither pings nor REST, and goes on later with all that was sent meanwhile. No run may be given up, none
// sent twice.
#include "core/comfy/connectionstatus.h"
#include "tests/core/server/demofixture.h"

#include <QCoroTask>
#include <QTest>

using namespace gesso;
using testkit::DemoFixture;

namespace {

constexpr int kPatienceMs = 20'000;

// Each call is given up long before the server goes on.
ComfyClientLimits impatient()
{
    const HttpLimits limits{400, 400, 16 * 1024 * 1024};
    return {limits, limits, limits, limits, limits, {0, 2000, 64 * 1024 * 1024}};
}

} // namespace

class TestSlowServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blockedWhileItWorks()
    {
        DemoFixture f(20, impatient());
        QVERIFY(f.isReady);
        QStringList states;
        QObject::connect(f.socket.get(), &EventStream::stateChanged, this,
                         [&] { states += nameOf(f.socket->status().loss.trouble); });
        const PromptId id = f.submit(f.request(1, 10));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Running, testkit::patienceMs);
        f.wire->setFrozen(true);
        const int before = f.wire->acceptedConnections();
        QTRY_COMPARE_WITH_TIMEOUT(f.socket->status().loss.trouble, ConnectionTrouble::Busy, kPatienceMs);
        // It is asked again and again, each time on a connection of its own.
        QTRY_VERIFY_WITH_TIMEOUT(f.wire->acceptedConnections() >= before + 6, kPatienceMs);
        QCOMPARE(f.socket->state(), ConnectionState::Connected);
        QVERIFY(!isEnded(f.phase(id)));
        f.wire->setFrozen(false);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, kPatienceMs);
        QCOMPARE(f.filesOnDisk().size(), 1);
        QCOMPARE(f.socket->status().loss, ConnectionLoss());
        QVERIFY2(!states.contains(nameOf(ConnectionTrouble::Ended)), qPrintable(states.join(u' ')));
    }

    void blockedWhileARunIsSent()
    {
        DemoFixture f(0, impatient());
        QVERIFY(f.isReady);
        f.wire->setFrozen(true);
        const int before = f.wire->acceptedConnections();
        const PromptId id = f.submit(f.request(2));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Submitting, testkit::patienceMs);
        // The POST has been given up and the run looked for.
        QTRY_VERIFY_WITH_TIMEOUT(f.wire->acceptedConnections() >= before + 3, kPatienceMs);
        QCOMPARE(f.phase(id), RunPhase::Submitting);
        f.wire->setFrozen(false);
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, kPatienceMs);
        QCOMPARE(f.filesOnDisk().size(), 1);
        const auto entry = QCoro::waitFor(f.client->history(id));
        QVERIFY(entry && *entry);
        const auto queue = QCoro::waitFor(f.client->queue());
        QVERIFY(queue && queue->running.isEmpty() && queue->pending.isEmpty()); // sent once
    }
};

QTEST_GUILESS_MAIN(TestSlowServer)
#include "tst_slowserver.moc"
