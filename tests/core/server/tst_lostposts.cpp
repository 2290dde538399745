// SPDX-License-Identifier: GPL-3.0-or-later
// A POST cut on its way, on a real wire: every run is made, and none twice.
#include "tests/core/server/demofixture.h"

#include <QDir>
#include <QTcpSocket>
#include <QTest>

using namespace gesso;
using testkit::DemoFixture;
using Direction = testkit::TcpProxy::Direction;

namespace {

bool isPost(const QByteArray& bytes)
{
    return bytes.startsWith("POST ") && bytes.contains("/prompt HTTP");
}

bool isWhole(const QByteArray& request)
{
    const auto headEnd = request.indexOf("\r\n\r\n");
    const QByteArray name = "content-length:";
    const auto length = request.toLower().indexOf(name);
    if (headEnd < 0 || length < 0) {
        return false;
    }
    const auto value = length + name.size();
    return request.size() - headEnd - 4
        >= request.mid(value, request.indexOf('\r', value) - value).trimmed().toInt();
}

// What somebody on the way sees, does, and keeps back.
struct WireFixture : DemoFixture {
    int posts = 0;
    int lookUps = 0; // of a run, in the queue
    QByteArray kept; // the first POST
    bool isCut = false;
    QStringList started; // runs, as the server said

    explicit WireFixture(int stepDelayMs = 0)
        : DemoFixture(stepDelayMs)
    {
        QObject::connect(socket.get(), &EventStream::received, service.get(),
                         [this](const ComfyEvent& event) {
                             if (const auto* start = std::get_if<ExecutionStartEvent>(&event)) {
                                 started.append(start->promptId.toString());
                             }
                         });
    }

    // `onPost` says what becomes of the first POST's bytes; a POST may come in several pieces.
    void watch(std::function<QByteArray(const QByteArray&)> onPost)
    {
        wire->setRewrite(Direction::ToServer, [this, onPost](const QByteArray& bytes) {
            lookUps += bytes.startsWith("GET ") && bytes.contains("/queue HTTP") ? 1 : 0;
            posts += isPost(bytes) ? 1 : 0;
            return posts == 1 && !isCut && !bytes.startsWith("GET ") ? onPost(bytes) : bytes;
        });
    }

    void keepFirstPost()
    {
        watch([this](const QByteArray& bytes) {
            kept += bytes;
            if (isWhole(kept)) {
                cutSoon();
            }
            return QByteArray();
        });
    }

    void cutSoon()
    {
        QMetaObject::invokeMethod(
            wire.get(),
            [this] {
                isCut = true;
                wire->cutNow();
            },
            Qt::QueuedConnection);
    }

    // What a tunnel had held back arrives.
    void deliverKept()
    {
        auto* late = new QTcpSocket(service.get());
        QObject::connect(late, &QTcpSocket::connected, late, [this, late] { late->write(kept); });
        late->connectToHost(server.url().host(), quint16(server.url().port()));
    }

    int made() const
    {
        return int(QDir(server.folder() + QStringLiteral("/output")).entryList(QDir::Files).size());
    }
};

} // namespace

class TestLostPosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutBeforeTheServerHasReadIt_data()
    {
        QTest::addColumn<int>("arriving"); // bytes of it
        QTest::newRow("nothing") << 0;
        QTest::newRow("half a head") << 40;
        QTest::newRow("the head and some of the body") << 600;
    }

    void cutBeforeTheServerHasReadIt()
    {
        QFETCH(int, arriving);
        WireFixture f;
        QVERIFY(f.isReady);
        f.watch([&](const QByteArray& bytes) {
            f.cutSoon();
            return bytes.first(std::min<qsizetype>(arriving, bytes.size()));
        });
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.posts, 2);
        QCOMPARE(f.made(), 1);
        QCOMPARE(f.filesOnDisk().size(), 1);
        QVERIFY(!f.state(id).error);
    }

    void cutAfterTheServerHasTakenIt()
    {
        WireFixture f;
        QVERIFY(f.isReady);
        demo::Faults faults;
        faults.promptAnswerDelayMs = 300;
        f.server.setFaults(faults);
        f.watch([](const QByteArray& bytes) { return bytes; });
        QObject::connect(f.service.get(), &RunService::changed, f.wire.get(), [&] {
            if (!f.isCut && !f.started.isEmpty()) {
                f.cutSoon();
            }
        });
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.posts, 1);
        QCOMPARE(f.made(), 1);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    void takenBetweenTwoLooks()
    {
        WireFixture f;
        QVERIFY(f.isReady);
        f.keepFirstPost();
        const PromptId id = f.submit(f.request(7));
        QTRY_COMPARE_WITH_TIMEOUT(f.lookUps, 1, testkit::patienceMs);
        f.deliverKept();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        QCOMPARE(f.posts, 1);
        QCOMPARE(f.made(), 1);
        QCOMPARE(f.filesOnDisk().size(), 1);
    }

    // The first POST of a run comes out of a tunnel when it has been sent again, behind a run that takes its
    // time.
    void takenAfterItWasSentAgain_data()
    {
        QTest::addColumn<RunPhase>("phase"); // of the run then
        QTest::newRow("it waits") << RunPhase::Queued;
        QTest::newRow("it runs") << RunPhase::Running;
        QTest::newRow("it is done") << RunPhase::Done;
    }

    void takenAfterItWasSentAgain()
    {
        QFETCH(RunPhase, phase);
        WireFixture f(20);
        QVERIFY(f.isReady);
        const PromptId before = f.submit(f.request(6, 20));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(before), RunPhase::Running, testkit::patienceMs);
        f.keepFirstPost();
        const PromptId id = f.submit(f.request(7, 10));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), phase, 15'000);
        QCOMPARE(f.posts, 2);
        f.deliverKept();
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(id), RunPhase::Done, 15'000);
        const PromptId after = f.submit(f.request(8));
        QTRY_COMPARE_WITH_TIMEOUT(f.phase(after), RunPhase::Done, 15'000); // the queue is empty behind it
        QCOMPARE(f.phase(before), RunPhase::Done);
        QCOMPARE(f.made(), 3);
        QCOMPARE(f.filesOnDisk().size(), 3);
        if (phase != RunPhase::Done) { // then it is stopped as soon as it begins
            QCOMPARE(f.started.count(id.toString()), 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestLostPosts)
#include "tst_lostposts.moc"
