// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/diagnostic.h"
#include "core/workflow/numbers.h"
#include "core/workflow/prompt.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/samples.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

namespace gesso {

class TestPrompt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesBackWhatItRead();
    void setsInputs();
    void link_data();
    void link();
    void comparesNumbersExactly();
    void diagnosticAsJson();
};

void TestPrompt::writesBackWhatItRead()
{
    const QByteArray text =
        R"({"9":{"inputs":{"seed":18446744073709551615,"cfg":1.0,"image":["4",0],"list":{"__value__":[1]}},"class_type":"A","_meta":{"title":"Ä","cnr_id":"x"}},"4:2":{"inputs":{},"class_type":"B"}})";
    const auto prompt = promptFromJson(testkit::json(text));
    QVERIFY(prompt);
    QCOMPARE(writeJson(toJson(*prompt)), text);
    QCOMPARE(prompt->node(NodeId(QStringLiteral("9")))->title, QStringLiteral("Ä"));
    QCOMPARE(prompt->node(NodeId(QStringLiteral("8"))), nullptr);
}

void TestPrompt::setsInputs()
{
    PromptNode node;
    node.setInput(QStringLiteral("a"), 1);
    node.setInput(QStringLiteral("b"), 2);
    node.setInput(QStringLiteral("a"), 3);
    QCOMPARE(node.inputs.size(), 2);
    QCOMPARE(*node.input(QStringLiteral("a")), Json(3));
    QCOMPARE(node.input(QStringLiteral("c")), nullptr);
}

void TestPrompt::link_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("origin"); // empty: no link
    QTest::newRow("link") << QByteArray(R"(["12:5", 1])") << QStringLiteral("12:5");
    QTest::newRow("number id") << QByteArray("[4, 1]") << QStringLiteral("4");
    QTest::newRow("three") << QByteArray("[\"4\", 1, 2]") << QString();
    QTest::newRow("text slot") << QByteArray(R"(["4", "1"])") << QString();
    QTest::newRow("negative slot") << QByteArray("[\"4\", -1]") << QString();
    QTest::newRow("huge slot") << QByteArray("[\"4\", 18446744073709551615]") << QString();
    QTest::newRow("text") << QByteArray("\"4\"") << QString();
}

void TestPrompt::link()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, origin);
    const auto found = asLink(testkit::json(value));
    QCOMPARE(found.has_value(), !origin.isEmpty());
    if (found) {
        QCOMPARE(found->first.toString(), origin);
        QCOMPARE(found->second, 1);
    }
}

void TestPrompt::comparesNumbersExactly()
{
    const Json biggest = testkit::json("18446744073709551615");
    QVERIFY(compareNumbers(Json(5), biggest) < 0);
    QVERIFY(compareNumbers(Json(-5), biggest) < 0);
    QVERIFY(compareNumbers(biggest, testkit::json("18446744073709551614")) > 0);
    QVERIFY(compareNumbers(biggest, Json(-1)) > 0);
    QCOMPARE(compareNumbers(Json(2), Json(2.0)), 0);
}

void TestPrompt::diagnosticAsJson()
{
    Diagnostic diagnostic;
    diagnostic.code = QStringLiteral("value-not-in-list");
    diagnostic.node = NodeId(QStringLiteral("12:5"));
    diagnostic.fix = Diagnostic::Fix{QStringLiteral("Use x"), "x"};
    QCOMPARE(
        writeJson(toJson(diagnostic)),
        QByteArray(
            R"({"severity":"error","code":"value-not-in-list","node":"12:5","nodeType":"","title":"","input":"","message":"","fix":{"label":"Use x","value":"x"}})"));
    QVERIFY(hasErrors({diagnostic}));
    diagnostic.severity = Severity::Warning;
    QVERIFY(!hasErrors({diagnostic}));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestPrompt)
#include "tst_prompt.moc"
