// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/net/machinewatch.h"

#include <QSignalSpy>
#include <QTest>

using namespace gesso;

namespace {

constexpr int kIntervalMs = 5000;

class FakeClock final : public Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(wallMs, Qt::UTC); }
    qint64 elapsedMs() const override { return monotonicMs; }

    qint64 wallMs = 1'700'000'000'000;
    qint64 monotonicMs = 1000;
};

} // namespace

class TestMachineWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleeps_data()
    {
        QTest::addColumn<qint64>("wallMs");
        QTest::addColumn<qint64>("monotonicMs");
        QTest::addColumn<bool>("woke");
        const qint64 second = 1000;
        QTest::newRow("nothing") << 5 * second << 5 * second << false;
        QTest::newRow("a busy machine") << 14 * second << 14 * second << false;
        QTest::newRow("the clock was corrected") << 7 * second << 5 * second << false;
        QTest::newRow("slept, monotonic clock stood still") << 3600 * second << 5 * second << true;
        QTest::newRow("slept, monotonic clock went on") << 3600 * second << 3600 * second << true;
        QTest::newRow("the program was stopped") << 60 * second << 60 * second << true;
        QTest::newRow("the clock was set back") << -3600 * second << 5 * second << true;
    }

    void sleeps()
    {
        QFETCH(qint64, wallMs);
        QFETCH(qint64, monotonicMs);
        QFETCH(bool, woke);
        FakeClock clock;
        MachineWatch watch(
            clock, [] { return QList<QHostAddress>(); }, kIntervalMs);
        QSignalSpy signal(&watch, &MachineWatch::woke);
        clock.wallMs += wallMs;
        clock.monotonicMs += monotonicMs;
        watch.look();
        QCOMPARE(signal.size(), woke ? 1 : 0);
        clock.wallMs += kIntervalMs;
        clock.monotonicMs += kIntervalMs;
        watch.look();
        QCOMPARE(signal.size(), woke ? 1 : 0); // told once
    }

    void addresses()
    {
        FakeClock clock;
        const QHostAddress loopback(QHostAddress::LocalHost);
        const QHostAddress home(QStringLiteral("192.168.1.7"));
        const QHostAddress vpn(QStringLiteral("10.8.0.2"));
        QList<QHostAddress> current{loopback, home};
        MachineWatch watch(
            clock, [&current] { return current; }, kIntervalMs);
        QSignalSpy changed(&watch, &MachineWatch::networkChanged);
        QSignalSpy woke(&watch, &MachineWatch::woke);
        QCOMPARE(watch.addresses(), QList<QHostAddress>{home});

        current = {home, loopback}; // in another order
        watch.look();
        current = {home};
        watch.look();
        QCOMPARE(changed.size(), 0);

        current = {home, vpn};
        watch.look();
        QCOMPARE(changed.size(), 1);
        watch.look();
        QCOMPARE(changed.size(), 1);
        current = {};
        watch.look();
        QCOMPARE(changed.size(), 2);
        QVERIFY(watch.addresses().isEmpty());
        QCOMPARE(woke.size(), 0);
    }

    void looksByItself()
    {
        FakeClock clock;
        QList<QHostAddress> current;
        MachineWatch watch(
            clock, [&current] { return current; }, 10);
        QSignalSpy changed(&watch, &MachineWatch::networkChanged);
        current = {QHostAddress(QStringLiteral("192.168.1.7"))};
        QTRY_COMPARE(changed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestMachineWatch)
#include "tst_machinewatch.moc"
