// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/seed.h"

#include <QTest>

using namespace gesso;

class TestSeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void next_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<SeedRule>("rule");
        QTest::addColumn<quint64>("random");
        QTest::addColumn<quint64>("max");
        QTest::addColumn<quint64>("expected");
        constexpr quint64 top = UINT64_MAX;
        QTest::newRow("fixed") << quint64(7) << SeedRule::Fixed << quint64(99) << top << quint64(7);
        QTest::newRow("increment") << quint64(7) << SeedRule::Increment << quint64(0) << top << quint64(8);
        QTest::newRow("increment wraps") << top << SeedRule::Increment << quint64(0) << top << quint64(0);
        QTest::newRow("decrement") << quint64(7) << SeedRule::Decrement << quint64(0) << top << quint64(6);
        QTest::newRow("decrement wraps")
            << quint64(0) << SeedRule::Decrement << quint64(0) << quint64(50) << quint64(50);
        QTest::newRow("random, full range") << quint64(7) << SeedRule::Randomize << top << top << top;
        QTest::newRow("random, small range")
            << quint64(7) << SeedRule::Randomize << quint64(25) << quint64(9) << quint64(5);
    }
    void next()
    {
        QFETCH(quint64, seed);
        QFETCH(SeedRule, rule);
        QFETCH(quint64, random);
        QFETCH(quint64, max);
        QFETCH(quint64, expected);
        QCOMPARE(quint64(nextSeed(Seed{seed}, rule, random, Seed{0}, Seed{max}).value), expected);
    }
};

QTEST_GUILESS_MAIN(TestSeed)
#include "tst_seed.moc"
