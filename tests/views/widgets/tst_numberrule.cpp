// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/numberrule.h"

#include <QTest>

using namespace gesso;

namespace {

NumberRule integers(qint64 min, quint64 max, qint64 step = 1)
{
    return {true, Number::fromInteger(min), Number::fromUnsigned(max), Number::fromInteger(step), 0};
}

NumberRule reals(double min, double max, double step, double round = 0)
{
    return {false, Number::fromReal(min), Number::fromReal(max), Number::fromReal(step), round};
}

} // namespace

class TestNumberRule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearest();
    void stepped();
    void contains();
};

void TestNumberRule::nearest()
{
    const auto size = integers(16, 16384, 8);
    QCOMPARE(size.nearest(Number::fromInteger(1023)).text(), QStringLiteral("1024"));
    QCOMPARE(size.nearest(Number::fromReal(1027.2)).text(), QStringLiteral("1024"));
    QCOMPARE(size.nearest(Number::fromInteger(3)).text(), QStringLiteral("16"));
    QCOMPARE(size.nearest(Number::fromInteger(99999)).text(), QStringLiteral("16384"));
    // Steps are counted from the least, as ComfyUI's own front end does.
    QCOMPARE(integers(1, 4096, 4).nearest(Number::fromInteger(6)).text(), QStringLiteral("5"));
    QCOMPARE(integers(0, 10, 4).nearest(Number::fromInteger(10)).text(), QStringLiteral("10"));
    const auto seed = integers(0, UINT64_MAX);
    QCOMPARE(seed.nearest(Number::fromUnsigned(UINT64_MAX)).text(), QStringLiteral("18446744073709551615"));
    QCOMPARE(seed.nearest(Number::fromInteger(-5)).text(), QStringLiteral("0"));

    QCOMPARE(reals(0, 100, 0.1, 0.01).nearest(Number::fromReal(7.1249)).text(), QStringLiteral("7.12"));
    QCOMPARE(reals(0, 100, 0.1, 0.01).nearest(Number::fromInteger(7)).text(), QStringLiteral("7.0"));
    QCOMPARE(reals(0, 1, 0.01).nearest(Number::fromReal(1.5)).text(), QStringLiteral("1.0"));
    QVERIFY(!reals(0, 1, 0.01).nearest(Number::fromInteger(1)).isInteger());
}

void TestNumberRule::stepped()
{
    QCOMPARE(integers(0, 100).stepped(Number::fromInteger(20), 1).text(), QStringLiteral("21"));
    QCOMPARE(integers(0, 100).stepped(Number::fromInteger(95), 10).text(), QStringLiteral("100"));
    QCOMPARE(integers(16, 4096, 8).stepped(Number::fromInteger(512), -2).text(), QStringLiteral("496"));
    QCOMPARE(integers(0, UINT64_MAX).stepped(Number::fromUnsigned(UINT64_MAX), 1).text(),
             QStringLiteral("18446744073709551615"));
    QCOMPARE(integers(0, UINT64_MAX).stepped(Number::fromUnsigned(UINT64_MAX), -1).text(),
             QStringLiteral("18446744073709551614"));
    QCOMPARE(integers(0, UINT64_MAX).stepped(Number(), -1).text(), QStringLiteral("0"));
    // No binary noise: 0.1 + 0.2 is 0.3.
    QCOMPARE(reals(0, 1, 0.1).stepped(Number::fromReal(0.2), 1).text(), QStringLiteral("0.3"));
    QCOMPARE(reals(0, 1, 0.05).stepped(Number::fromReal(0.95), 3).text(), QStringLiteral("1.0"));
}

void TestNumberRule::contains()
{
    QVERIFY(integers(1, 10).contains(Number::fromInteger(1)));
    QVERIFY(integers(1, 10).contains(Number::fromInteger(10)));
    QVERIFY(!integers(1, 10).contains(Number::fromInteger(0)));
    QVERIFY(!integers(1, 10).contains(Number::fromReal(10.5)));
    QVERIFY(NumberRule().contains(Number::fromInteger(-1000)));
}

QTEST_GUILESS_MAIN(TestNumberRule)
#include "tst_numberrule.moc"
