// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/serverfindings.h"

#include "tests/viewmodels/smallworkflow.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;

class TestServerFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainWordsAndFixes_data();
    void plainWordsAndFixes();
    void namesTheNode();
};

static Prompt prompt()
{
    Prompt made;
    PromptNode node;
    node.id = NodeId(QStringLiteral("2"));
    node.classType = QStringLiteral("Painter");
    node.title = QStringLiteral("My painter");
    made.nodes = {node};
    made.rebuildIndex();
    return made;
}

static NodeFinding finding(const char* type, const char* input, const char* extraInfo)
{
    NodeFinding made;
    made.node = NodeId(QStringLiteral("2"));
    made.classType = QStringLiteral("Painter");
    made.type = QString::fromLatin1(type);
    made.input = QString::fromLatin1(input);
    made.message = QStringLiteral("The server's words");
    made.details = QStringLiteral("its details");
    made.extraInfo = Json::parse(extraInfo);
    return made;
}

void TestServerFindings::plainWordsAndFixes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("extra");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("fix"); // JSON; empty if none

    QTest::newRow("too small, the server's limit")
        << QByteArray("value_smaller_than_min") << QByteArray("steps")
        << QByteArray(R"({"received_value": 0, "input_config": ["INT", {"min": 2}]})")
        << QStringLiteral("Must be at least 2.") << QByteArray("2");
    QTest::newRow("too big, the catalogue's limit")
        << QByteArray("value_bigger_than_max") << QByteArray("steps")
        << QByteArray(R"({"received_value": 900, "input_config": null})")
        << QStringLiteral("Must be at most 100.") << QByteArray("100");
    QTest::newRow("not in list") << QByteArray("value_not_in_list") << QByteArray("image")
                                 << QByteArray(
                                        R"({"received_value": "folder/on-server.png", "input_config": null})")
                                 << QStringLiteral("“folder/on-server.png” is not on this server.")
                                 << QByteArray("\"on-server.png\"");
    QTest::newRow("missing") << QByteArray("required_input_missing") << QByteArray("model")
                             << QByteArray("{}") << QStringLiteral("My painter needs something here.")
                             << QByteArray();
    QTest::newRow("unknown kind") << QByteArray("custom_validation_failed") << QByteArray("image")
                                  << QByteArray("null") << QStringLiteral("The server's words: its details")
                                  << QByteArray();
    QTest::newRow("a limit of the wrong type")
        << QByteArray("value_smaller_than_min") << QByteArray("steps")
        << QByteArray(R"({"input_config": ["INT", {"min": "<b>many</b>"}]})")
        << QStringLiteral("The server's words: its details") << QByteArray();
}

void TestServerFindings::plainWordsAndFixes()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, extra);
    QFETCH(QString, message);
    QFETCH(QByteArray, fix);
    const Diagnostics found =
        serverFindings({finding(type.constData(), input.constData(), extra.constData())}, prompt(),
                       *testkit::smallCatalog());
    QCOMPARE(found.size(), qsizetype(1));
    QCOMPARE(found[0].message, message);
    QCOMPARE(found[0].input, QString::fromLatin1(input));
    QCOMPARE(found[0].fix.has_value(), !fix.isEmpty());
    if (!fix.isEmpty()) {
        QCOMPARE(found[0].fix->value, Json::parse(fix.toStdString()));
    }
}

void TestServerFindings::namesTheNode()
{
    NodeFinding known = finding("value_not_in_list", "image", "{}");
    NodeFinding unknown = known;
    unknown.node = NodeId(QStringLiteral("77"));
    const Diagnostics found = serverFindings({known, unknown}, prompt(), NodeCatalog());
    QCOMPARE(found[0].nodeTitle, QStringLiteral("My painter"));
    QCOMPARE(found[0].code, QStringLiteral("value-not-in-list"));
    QCOMPARE(found[1].nodeTitle, QStringLiteral("Painter"));
}

QTEST_GUILESS_MAIN(TestServerFindings)
#include "tst_serverfindings.moc"
