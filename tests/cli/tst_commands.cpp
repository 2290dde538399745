// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

// The commands that run nothing: convert, params, validate, inspect, completion, and the program's own
// options.
class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void helpAndVersion_data();
    void helpAndVersion();
    void whatKeepsFromTheWindow_data();
    void whatKeepsFromTheWindow();
    void convertPrintsThePrompt();
    void convertTakesParameters();
    void convertChoices_data();
    void convertChoices();
    void convertRefusesUnknownNodes();
    void paramsIsTheForm();
    void validateFindings();
    void inspectPictures();
    void inspectFindsNothing();
    void completionScripts_data();
    void completionScripts();
    void demoServerPorts();
    void everyErrorIsDocumented();

private:
    GessoProcess m_gesso;
    QString m_catalog; // a saved /object_info
    QString m_workflow;
};

void TestCommands::initTestCase()
{
    m_catalog = m_gesso.write(QStringLiteral("object_info.json"), R"({
        "Text": {"input": {"required": {"text": ["STRING", {"multiline": true, "dynamicPrompts": true, "default": ""}],
            "amount": ["INT", {"default": 1, "min": 0, "max": 10}]}}, "output": ["STRING"], "output_name": ["text"],
            "output_is_list": [false], "name": "Text", "display_name": "A Text", "category": "t", "output_node": true}})");
    m_workflow = m_gesso.write(QStringLiteral("text.json"),
                               R"({"nodes": [{"id": 1, "type": "Text", "title": "Mine", "mode": 0,
        "inputs": [], "outputs": [], "widgets_values": ["a {red|green|blue} house", 3]}], "links": [], "version": 0.4})");
}

void TestCommands::helpAndVersion_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("version") << QStringList{QStringLiteral("--version")} << QByteArray("gesso ");
    QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QByteArray("Exit codes");
    for (const char* command :
         {"run", "convert", "params", "validate", "inspect", "doctor", "demo-server", "completion"}) {
        QTest::newRow(command) << QStringList{QString::fromLatin1(command), QStringLiteral("--help")}
                               << QByteArray("Examples:");
    }
}

void TestCommands::helpAndVersion()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Outcome outcome = m_gesso.run(arguments);
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.out.contains(says), outcome.out);
    QVERIFY2(outcome.err.isEmpty(), outcome.err);
}

// This program has no display.
void TestCommands::whatKeepsFromTheWindow_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("a mistyped command") << QStringList{QStringLiteral("convrt"), m_workflow}
                                        << QByteArray("“convrt” is neither a command nor a file");
    QTest::newRow("no display") << QStringList{m_workflow} << QByteArray("no display");
    QTest::newRow("no display, by name") << QStringList{QStringLiteral("gui")} << QByteArray("no display");
}

void TestCommands::whatKeepsFromTheWindow()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Outcome outcome = m_gesso.run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(says), outcome.err);
}

void TestCommands::convertPrintsThePrompt()
{
    const Outcome outcome =
        m_gesso.run({QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"), m_catalog});
    QCOMPARE(outcome.exitCode, 0);
    const auto prompt = parseJson(outcome.out);
    QVERIFY2(prompt, outcome.out);
    QCOMPARE((*prompt)["1"]["class_type"], Json("Text"));
    QCOMPARE((*prompt)["1"]["inputs"]["text"], Json("a red house"));
    QCOMPARE((*prompt)["1"]["_meta"]["title"], Json("Mine"));

    const Outcome line = m_gesso.run({QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"),
                                      m_catalog, QStringLiteral("--json")});
    QCOMPARE(line.event(QStringLiteral("prompt"))["prompt"], *prompt);
}

void TestCommands::convertTakesParameters()
{
    const Outcome outcome =
        m_gesso.run({QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"), m_catalog,
                     QStringLiteral("-p"), QStringLiteral("Mine.amount=7"), QStringLiteral("-p"),
                     QStringLiteral("1.text=Grüße = 🦊")});
    QCOMPARE(outcome.exitCode, 0);
    const auto prompt = parseJson(outcome.out);
    QCOMPARE((*prompt)["1"]["inputs"]["amount"], Json(7));
    QCOMPARE(toQString((*prompt)["1"]["inputs"]["text"]), QStringLiteral("Grüße = 🦊"));

    const Outcome refused =
        m_gesso.run({QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"), m_catalog,
                     QStringLiteral("-p"), QStringLiteral("amount=11")});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(refused.out.isEmpty());
}

void TestCommands::convertChoices_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("text"); // empty: any of the three
    QTest::newRow("first") << QStringList{QStringLiteral("--choices"), QStringLiteral("first")}
                           << QStringLiteral("a red house");
    QTest::newRow("last") << QStringList{QStringLiteral("--choices"), QStringLiteral("last")}
                          << QStringLiteral("a blue house");
    QTest::newRow("random") << QStringList{QStringLiteral("--choices"), QStringLiteral("random"),
                                           QStringLiteral("--seed"), QStringLiteral("4")}
                            << QString();
}

void TestCommands::convertChoices()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, text);
    const QStringList command =
        QStringList{QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"), m_catalog}
        + arguments;
    const Outcome outcome = m_gesso.run(command);
    QCOMPARE(outcome.exitCode, 0);
    const auto prompt = parseJson(outcome.out);
    const QString made = toQString((*prompt)["1"]["inputs"]["text"]);
    QVERIFY2(text.isEmpty() ? !made.contains(u'{') : made == text, qPrintable(made));
    QCOMPARE(m_gesso.run(command).out, outcome.out); // a seed makes it repeatable
}

void TestCommands::convertRefusesUnknownNodes()
{
    const QString path = m_gesso.write(QStringLiteral("unknown.json"),
                                       R"({"nodes": [{"id": 7, "type": "Nobody", "title": "Who", "mode": 0,
        "inputs": [], "outputs": [], "widgets_values": []}], "links": [], "version": 0.4})");
    const Outcome outcome =
        m_gesso.run({QStringLiteral("convert"), path, QStringLiteral("--object-info"), m_catalog});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.isEmpty(), outcome.out);
    QVERIFY2(outcome.err.contains("Who") && outcome.err.contains("[missing-node]"), outcome.err);

    const Outcome json = m_gesso.run({QStringLiteral("convert"), path, QStringLiteral("--object-info"),
                                      m_catalog, QStringLiteral("--json")});
    QCOMPARE(stringMember(json.event(QStringLiteral("finding")), "node"), QStringLiteral("7"));
    QCOMPARE(stringMember(json.event(QStringLiteral("error")), "kind"), QStringLiteral("invalid-workflow"));
}

void TestCommands::paramsIsTheForm()
{
    const Outcome outcome =
        m_gesso.run({QStringLiteral("params"), m_workflow, QStringLiteral("--object-info"), m_catalog});
    QCOMPARE(outcome.exitCode, 0);
    const auto form = parseJson(outcome.out);
    QVERIFY2(form, outcome.out);
    const Json& groups = (*form)["groups"];
    QVERIFY(groups[0]["essential"].get<bool>());
    const Json& text = groups[0]["fields"][0];
    QCOMPARE(text["key"], Json("1.text"));
    QCOMPARE(text["role"], Json("PositivePrompt"));
    QCOMPARE(text["type"], Json("multiline-text"));
    const Json& amount = groups[1]["fields"][0];
    QCOMPARE(amount["value"], Json(3));
    QCOMPARE(amount["default"], Json(1));
    QCOMPARE(amount["max"], Json(10));
}

void TestCommands::validateFindings()
{
    const QStringList source{QStringLiteral("--object-info"), m_catalog};
    QCOMPARE(m_gesso.run(QStringList{QStringLiteral("validate"), m_workflow} + source).exitCode, 0);

    const QString path = m_gesso.write(QStringLiteral("invalid.json"), R"({"nodes": [
        {"id": 1, "type": "Text", "mode": 0, "inputs": [], "outputs": [], "widgets_values": ["", 99]},
        {"id": 2, "type": "Nobody", "mode": 0, "inputs": [], "outputs": [], "widgets_values": []}], "links": [], "version": 0.4})");
    const Outcome outcome =
        m_gesso.run(QStringList{QStringLiteral("validate"), path, QStringLiteral("--json")} + source);
    QCOMPARE(outcome.exitCode, 1);
    QSet<QString> codes;
    for (const Json& finding : outcome.events(QStringLiteral("finding"))) {
        codes.insert(stringMember(finding, "code"));
        QVERIFY(!stringMember(finding, "message").isEmpty());
    }
    QVERIFY(codes.contains(QStringLiteral("value-bigger-than-max")));
    QVERIFY(codes.contains(QStringLiteral("missing-node")));
    const Json done = outcome.event(QStringLiteral("done"));
    QCOMPARE(intMember(done, "errors"), qint64(outcome.events(QStringLiteral("finding")).size()));
    QCOMPARE(intMember(done, "exitCode"), 1);

    const Outcome people = m_gesso.run(QStringList{QStringLiteral("validate"), path} + source);
    QVERIFY2(people.err.contains("[value-bigger-than-max]"), people.err);
}

void TestCommands::inspectPictures()
{
    const QString workflow = QString::fromUtf8(readAll(m_workflow));
    QImage picture(4, 4, QImage::Format_RGB32);
    picture.fill(Qt::red);
    picture.setText(QStringLiteral("workflow"), workflow);
    picture.setText(QStringLiteral("parameters"), QStringLiteral("a house\nSteps: 20"));
    const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("carrier.png"));
    QVERIFY(picture.save(path));

    const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 0);
    bool sawWorkflow = false;
    for (const Json& text : outcome.events(QStringLiteral("text"))) {
        QCOMPARE(stringMember(text, "carrier"), QStringLiteral("png"));
        if (stringMember(text, "key") == QLatin1String("workflow")) {
            sawWorkflow = text["content"] == *parseJson(workflow.toUtf8());
        }
    }
    QVERIFY(sawWorkflow);
    // A picture is as good as the file it carries.
    const Outcome converted =
        m_gesso.run({QStringLiteral("convert"), path, QStringLiteral("--object-info"), m_catalog});
    QCOMPARE(converted.exitCode, 0);
    QVERIFY(converted.out.contains("a red house"));
}

void TestCommands::inspectFindsNothing()
{
    QImage picture(4, 4, QImage::Format_RGB32);
    picture.fill(Qt::red);
    const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("bare.png"));
    QVERIFY(picture.save(path));
    const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("unreadable"));
    QCOMPARE(m_gesso.run({QStringLiteral("inspect"), path + QStringLiteral(".gone")}).exitCode, 2);
}

void TestCommands::completionScripts_data()
{
    QTest::addColumn<QString>("check"); // the shell's own syntax check
    QTest::newRow("bash") << QStringLiteral("-n");
    QTest::newRow("zsh") << QStringLiteral("-n");
    QTest::newRow("fish") << QStringLiteral("--no-execute");
}

void TestCommands::completionScripts()
{
    QFETCH(QString, check);
    const QString shell = QString::fromLatin1(QTest::currentDataTag());
    const Outcome outcome = m_gesso.run({QStringLiteral("completion"), shell});
    QCOMPARE(outcome.exitCode, 0);
    for (const char* command : {"run", "resume", "convert", "params", "validate", "inspect", "doctor",
                                "demo-server", "completion", "gui"}) {
        QVERIFY2(outcome.out.contains(command), command);
    }
    // Every long option of every command is offered.
    for (const char* command :
         {"run", "resume", "convert", "params", "validate", "inspect", "doctor", "demo-server"}) {
        const QString help =
            QString::fromUtf8(m_gesso.run({QString::fromLatin1(command), QStringLiteral("--help")}).out);
        static const QRegularExpression option(QStringLiteral("^ +(?:-\\w,)?--([a-z-]+)"),
                                               QRegularExpression::MultilineOption);
        auto matches = option.globalMatch(help);
        QVERIFY(matches.hasNext());
        while (matches.hasNext()) {
            const QByteArray name = matches.next().captured(1).toUtf8();
            QVERIFY2(outcome.out.contains(name), name);
        }
    }
    QProcess syntax;
    syntax.start(shell, {check, m_gesso.write(QStringLiteral("completion"), outcome.out)});
    if (!syntax.waitForStarted()) {
        QSKIP("this shell is not installed");
    }
    QVERIFY(syntax.waitForFinished());
    QVERIFY2(syntax.exitCode() == 0, syntax.readAllStandardError());
}

void TestCommands::demoServerPorts()
{
    QProcess first;
    const QString url = m_gesso.startDemo(first);
    QVERIFY2(url.startsWith(QLatin1String("http://127.0.0.1:")), qPrintable(url));
    const QString port = url.section(u':', -1);
    const Outcome taken = m_gesso.run(
        {QStringLiteral("demo-server"), QStringLiteral("--port"), port, QStringLiteral("--json")});
    QVERIFY(taken.exitCode != 0);
    QVERIFY(!stringMember(taken.event(QStringLiteral("error")), "message").isEmpty());
    QCOMPARE(
        m_gesso.run({QStringLiteral("demo-server"), QStringLiteral("--fault"), QStringLiteral("explode")})
            .exitCode,
        2);
    first.terminate(); // what Ctrl-C is for here
    QVERIFY(first.waitForFinished(30'000));
    QCOMPARE(first.exitCode(), 0);
}

void TestCommands::everyErrorIsDocumented()
{
    const QByteArray text = readAll(sourceFolder() + QStringLiteral("/docs/cli.md"));
    for (const ErrorKindInfo& info : errorKinds()) {
        const QByteArray row = "| `" + QByteArray(info.name) + "` | "
            + QByteArray::number(static_cast<int>(info.exitCode)) + " |";
        QVERIFY2(text.contains(row), row);
    }
}

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
