// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"

#include <QTest>

using namespace gesso;

namespace {

Field field(FieldKind kind, FieldLimits limits = {}, QList<Json> choices = {})
{
    Field made;
    made.kind = kind;
    made.label = QStringLiteral("Thing");
    made.limits = std::move(limits);
    made.choices = std::move(choices);
    made.labelOn = QStringLiteral("Enabled");
    return made;
}

} // namespace

Q_DECLARE_METATYPE(gesso::Field)

class TestFieldText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
};

void TestFieldText::accepted_data()
{
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("json");
    const FieldLimits seed{0, UINT64_MAX, {}, {}, false};
    const FieldLimits around{-5, 5, {}, {}, false};
    const QList<Json> choices{"euler", "dpmpp_2m", 3};
    const auto row = [](const char* name, const Field& made, const QString& text, const QByteArray& json) {
        QTest::newRow(name) << made << text << json;
    };
    row("integer", field(FieldKind::Integer), QStringLiteral("7"), "7");
    row("negative", field(FieldKind::Integer, around), QStringLiteral("-5"), "-5");
    row("spaces", field(FieldKind::Integer), QStringLiteral(" 7 "), "7");
    row("largest seed", field(FieldKind::Seed, seed), QStringLiteral("18446744073709551615"),
        "18446744073709551615");
    row("beyond a double", field(FieldKind::Seed, seed), QStringLiteral("9007199254740993"),
        "9007199254740993");
    row("float", field(FieldKind::Float), QStringLiteral("7.5"), "7.5");
    row("float from whole", field(FieldKind::Float), QStringLiteral("7"), "7.0");
    row("exponent", field(FieldKind::Float), QStringLiteral("1e-3"), "0.001");
    row("text", field(FieldKind::Text), QStringLiteral(" keep  it "), "\" keep  it \"");
    row("umlauts, CJK, emoji", field(FieldKind::MultilineText), QStringLiteral("Bäume 灯台 🦊"),
        "\"Bäume 灯台 🦊\"");
    row("empty text", field(FieldKind::MultilineText), QString(), "\"\"");
    row("true", field(FieldKind::Boolean), QStringLiteral("TRUE"), "true");
    row("off", field(FieldKind::Boolean), QStringLiteral("off"), "false");
    row("own label", field(FieldKind::Boolean), QStringLiteral("enabled"), "true");
    row("choice", field(FieldKind::Combo, {}, choices), QStringLiteral("euler"), "\"euler\"");
    row("number choice", field(FieldKind::Combo, {}, choices), QStringLiteral("3"), "3");
    row("no list", field(FieldKind::Combo), QStringLiteral("any"), "\"any\"");
    row("picture", field(FieldKind::Image, {}, {"a.png"}), QStringLiteral("b.png"), "\"b.png\"");
    row("raw", field(FieldKind::RawJson), QStringLiteral("{\"a\": [1, 2.0]}"), "{\"a\":[1,2.0]}");
}

void TestFieldText::accepted()
{
    QFETCH(Field, field);
    QFETCH(QString, text);
    QFETCH(QByteArray, json);
    const auto value = parseFieldValue(field, text);
    QVERIFY2(value, value ? "" : qPrintable(value.error().message));
    QCOMPARE(writeJson(*value), json);
}

void TestFieldText::refused_data()
{
    QTest::addColumn<Field>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says"); // in message or hint
    const FieldLimits limits{1, 10, {}, {}, false};
    const FieldLimits seed{0, UINT64_MAX, {}, {}, false};
    const QList<Json> choices{"euler", "dpmpp_2m"};
    const auto row = [](const char* name, const Field& made, const QString& text, const QString& says) {
        QTest::newRow(name) << made << text << says;
    };
    row("word", field(FieldKind::Integer, limits), QStringLiteral("many"), QStringLiteral("1 to 10"));
    row("fraction", field(FieldKind::Integer, limits), QStringLiteral("1.5"), QStringLiteral("whole number"));
    row("empty", field(FieldKind::Integer), QString(), QStringLiteral("whole number"));
    row("too small", field(FieldKind::Integer, limits), QStringLiteral("0"), QStringLiteral("too small"));
    row("too large", field(FieldKind::Integer, limits), QStringLiteral("11"), QStringLiteral("too large"));
    row("negative seed", field(FieldKind::Seed, seed), QStringLiteral("-1"), QStringLiteral("too small"));
    row("past the largest seed", field(FieldKind::Seed, seed), QStringLiteral("18446744073709551616"),
        QStringLiteral("whole number"));
    row("float too large", field(FieldKind::Float, limits), QStringLiteral("10.01"),
        QStringLiteral("too large"));
    row("not a number", field(FieldKind::Float), QStringLiteral("nan"), QStringLiteral("takes a number"));
    row("infinite", field(FieldKind::Float), QStringLiteral("inf"), QStringLiteral("takes a number"));
    row("boolean", field(FieldKind::Boolean), QStringLiteral("maybe"), QStringLiteral("true or false"));
    row("choice", field(FieldKind::Combo, {}, choices), QStringLiteral("eulr"),
        QStringLiteral("Did you mean \"euler\"?"));
    row("raw", field(FieldKind::RawJson), QStringLiteral("{"), QStringLiteral("JSON"));
}

void TestFieldText::refused()
{
    QFETCH(Field, field);
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto value = parseFieldValue(field, text);
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::Usage);
    QVERIFY2(value.error().message.contains(QStringLiteral("Thing")), qPrintable(value.error().message));
    const QString said = value.error().message + u' ' + value.error().hint;
    QVERIFY2(said.contains(says), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestFieldText)
#include "tst_fieldtext.moc"
