// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retrypolicy.h"

#include <QTest>

using namespace gesso;

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delay_data();
    void delay();
    void staysInsideItsBounds();
};

void TestRetryPolicy::delay_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<double>("random");
    QTest::addColumn<double>("jitter");
    QTest::addColumn<int>("expected");
    // firstMs 500, factor 2, maxMs 30000
    QTest::newRow("first, full") << 0 << 1.0 << 0.5 << 500;
    QTest::newRow("first, least") << 0 << 0.0 << 0.5 << 250;
    QTest::newRow("first, middle") << 0 << 0.5 << 0.5 << 375;
    QTest::newRow("second doubles") << 1 << 1.0 << 0.5 << 1000;
    QTest::newRow("sixth") << 5 << 1.0 << 0.5 << 16000;
    QTest::newRow("seventh is capped") << 6 << 1.0 << 0.5 << 30000;
    QTest::newRow("cap is jittered too") << 6 << 0.0 << 0.5 << 15000;
    QTest::newRow("thousandth") << 1000 << 1.0 << 0.5 << 30000;
    QTest::newRow("largest") << INT_MAX << 1.0 << 0.5 << 30000;
    QTest::newRow("negative is the first") << -3 << 1.0 << 0.5 << 500;
    QTest::newRow("no jitter") << 0 << 0.0 << 0.0 << 500;
    QTest::newRow("full jitter") << 0 << 0.0 << 1.0 << 0;
    QTest::newRow("jitter over one") << 0 << 0.0 << 7.0 << 0;
    QTest::newRow("random over one") << 0 << 9.0 << 0.5 << 500;
}

void TestRetryPolicy::delay()
{
    QFETCH(int, attempt);
    QFETCH(double, random);
    QFETCH(double, jitter);
    QFETCH(int, expected);
    RetryPolicy policy;
    policy.jitter = jitter;
    QCOMPARE(policy.delayMs(attempt, random), expected);
}

void TestRetryPolicy::staysInsideItsBounds()
{
    const RetryPolicy policy;
    for (int attempt = 0; attempt < 20; ++attempt) {
        for (double random = 0; random < 1; random += 0.05) {
            const int delay = policy.delayMs(attempt, random);
            QVERIFY(delay >= policy.firstMs / 2);
            QVERIFY(delay <= policy.maxMs);
        }
    }
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
