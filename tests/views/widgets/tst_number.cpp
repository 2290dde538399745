// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/number.h"

#include <QTest>

#include <limits>

using namespace gesso;

class TestNumber : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evaluates_data();
    void evaluates();
    void refuses_data();
    void refuses();
    void jsonComesBackTheSame_data();
    void jsonComesBackTheSame();
    void compares();
    void roundsWithinItsRange();
};

void TestNumber::evaluates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result"); // as JSON text, so that 1 and 1.0 differ
    const auto row = [](const char* text, const char* result) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(result);
    };
    row("7", "7");
    row(" 7 ", "7");
    row("-7", "-7");
    row("+7", "7");
    row("7.5", "7.5");
    row("7,5", "7.5");
    row(".5", "0.5");
    row("5.", "5.0");
    row("1e3", "1000.0");
    row("2E-2", "0.02");
    row("1024*1.5", "1536.0");
    row("1024*3/2", "1536");
    row("1024×2", "2048");
    row("7÷2", "3.5");
    row("8/2", "4");
    row("1+2*3", "7");
    row("(1+2)*3", "9");
    row("10-4-3", "3");
    row("2--3", "5");
    row("-(2+3)", "-5");
    row("−4", "-4");
    row("18446744073709551615", "18446744073709551615");
    row("18446744073709551614+1", "18446744073709551615");
    row("18446744073709551615-18446744073709551614", "1");
    row("9223372036854775807*2+1", "18446744073709551615");
    row("-9223372036854775808", "-9223372036854775808");
    row("18446744073709551615+1", "18446744073709552000.0"); // beyond: a double
}

void TestNumber::evaluates()
{
    QFETCH(QString, text);
    QFETCH(QString, result);
    const std::optional<Number> number = Number::evaluate(text);
    QVERIFY(number);
    const Result<Json> expected = parseJson(result.toUtf8());
    QVERIFY(expected);
    QCOMPARE(QString::fromUtf8(writeJson(number->toJson())), QString::fromUtf8(writeJson(*expected)));
}

void TestNumber::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", " ", "abc", "1+", "*2", "(1", "1)", "1 2", "1.2.3", "0x10", "1/0", "0/0",
                             "1e999", "nan", "inf", "2**3", "()", "१२"})
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text);
    QTest::newRow("too long") << QString(201, u'1');
    QTest::newRow("too deep") << QString(QString(90, u'(') + u'1' + QString(90, u')'));
}

void TestNumber::refuses()
{
    QFETCH(QString, text);
    const auto number = Number::evaluate(text);
    QVERIFY2(!number, number ? qPrintable(number->text()) : "");
}

void TestNumber::jsonComesBackTheSame_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << QStringLiteral("0") << QStringLiteral("0");
    QTest::newRow("whole float") << QStringLiteral("7.0") << QStringLiteral("7.0");
    QTest::newRow("fraction") << QStringLiteral("0.1") << QStringLiteral("0.1");
    QTest::newRow("largest seed") << QStringLiteral("18446744073709551615")
                                  << QStringLiteral("18446744073709551615");
    QTest::newRow("beyond a double") << QStringLiteral("9007199254740993")
                                     << QStringLiteral("9007199254740993");
    QTest::newRow("lowest") << QStringLiteral("-9223372036854775808")
                            << QStringLiteral("-9223372036854775808");
    QTest::newRow("minus one") << QStringLiteral("-1") << QStringLiteral("-1");
}

void TestNumber::jsonComesBackTheSame()
{
    QFETCH(QString, json);
    QFETCH(QString, text);
    const Result<Json> value = parseJson(json.toUtf8());
    QVERIFY(value);
    const auto number = Number::fromJson(*value);
    QVERIFY(number);
    QCOMPARE(number->text(), text);
    QCOMPARE(QString::fromUtf8(writeJson(number->toJson())), json);
    QVERIFY(!Number::fromJson(Json("7")));
    QVERIFY(!Number::fromJson(Json(nullptr)));
    QVERIFY(!Number::fromJson(Json(std::numeric_limits<double>::infinity())));
}

void TestNumber::compares()
{
    QVERIFY(Number::fromInteger(-1) < Number::fromInteger(0));
    QVERIFY(Number::fromInteger(-2) < Number::fromInteger(-1));
    QVERIFY(Number::fromUnsigned(UINT64_MAX) > Number::fromUnsigned(UINT64_MAX - 1));
    QVERIFY(Number::fromReal(1.0) == Number::fromInteger(1));
    QVERIFY(Number::fromReal(0.5) < Number::fromInteger(1));
    QVERIFY(Number::fromUnsigned(UINT64_MAX) != Number::fromUnsigned(UINT64_MAX - 1));
}

void TestNumber::roundsWithinItsRange()
{
    QCOMPARE(Number::fromReal(2.5).rounded().text(), QStringLiteral("3"));
    QCOMPARE(Number::fromReal(-2.5).rounded().text(), QStringLiteral("-3"));
    QCOMPARE(Number::fromReal(1e30).rounded().text(), QStringLiteral("18446744073709551615"));
    QCOMPARE(Number::fromReal(-0.2).rounded().text(), QStringLiteral("0"));
    QCOMPARE(Number::fromReal(std::numeric_limits<double>::infinity()).rounded().text(),
             QStringLiteral("18446744073709551615"));
    QCOMPARE(Number::fromReal(std::numeric_limits<double>::quiet_NaN()).rounded().text(),
             QStringLiteral("0"));
}

QTEST_GUILESS_MAIN(TestNumber)
#include "tst_number.moc"
