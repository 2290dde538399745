// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/gessoprocess.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

// gesso validate, as the real program.
class TestValidateCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatToInstall();
    void foreignTextNeverReachesTheTerminalRaw();
    void findingsAreAboutTheServersRules();
    void filesThatCannotBeReadSayWhy();
    void realWorkflows_data();
    void realWorkflows();

private:
    Outcome validate(const QString& path, bool json = true);
    static Json withCode(const Outcome& outcome, const QString& code);

    GessoProcess m_gesso;
    QString m_catalog;
};

Outcome TestValidateCommand::validate(const QString& path, bool json)
{
    QStringList arguments{QStringLiteral("validate"), path, QStringLiteral("--object-info"), m_catalog};
    if (json) {
        arguments.append(QStringLiteral("--json"));
    }
    return m_gesso.run(arguments);
}

Json TestValidateCommand::withCode(const Outcome& outcome, const QString& code)
{
    for (const Json& finding : outcome.events(QStringLiteral("finding"))) {
        if (stringMember(finding, "code") == code) {
            return finding;
        }
    }
    return {};
}

void TestValidateCommand::initTestCase()
{
    m_catalog = m_gesso.write(QStringLiteral("object_info.json"), R"({
        "Load": {"input": {"required": {"name": [["sd/one.safetensors"]]}}, "output": ["MODEL"], "output_name": ["MODEL"], "name": "Load"},
        "Save": {"input": {"required": {"model": ["MODEL"], "steps": ["INT", {"min": 1, "max": 9}]}}, "output": [], "name": "Save", "output_node": true}})");
}

void TestValidateCommand::saysWhatToInstall()
{
    const QString path = m_gesso.write(QStringLiteral("needs.json"), R"({"nodes": [
        {"id": 1, "type": "Load", "widgets_values": ["two.safetensors"], "outputs": [{"name": "MODEL", "type": "MODEL"}],
         "properties": {"models": [{"name": "two.safetensors", "url": "https://example.org/two.safetensors", "directory": "checkpoints"}]}},
        {"id": 2, "type": "Save", "inputs": [{"name": "model", "type": "MODEL", "link": 1}], "widgets_values": [3]},
        {"id": 3, "type": "Nobody", "title": "Who", "properties": {"cnr_id": "who-pack", "ver": "2.1"}},
        {"id": 4, "type": "Nobody"}], "links": [[1, 1, 0, 2, 0, "MODEL"]], "version": 0.4})");
    const Outcome outcome = validate(path);
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.events(QStringLiteral("finding")).size(), 2);

    const Json node = withCode(outcome, QStringLiteral("missing-node"));
    QCOMPARE(stringMember(node, "nodeType"), QStringLiteral("Nobody"));
    QCOMPARE(node["details"]["uses"].size(), std::size_t(2));
    QCOMPARE(node["details"]["packs"][0]["id"], Json("who-pack"));
    const Json model = withCode(outcome, QStringLiteral("missing-model"));
    QCOMPARE(stringMember(model, "input"), QStringLiteral("name"));
    QCOMPARE(model["details"]["folder"], Json("checkpoints"));
    QCOMPARE(model["details"]["links"][0], Json("https://example.org/two.safetensors"));

    const Outcome people = validate(path, false);
    QCOMPARE(people.exitCode, 1);
    for (const char* part : {"who-pack 2.1", "[missing-node]", "models/checkpoints",
                             "https://example.org/two.safetensors", "errors: 2, warnings: 0"}) {
        QVERIFY2(people.err.contains(part), people.err);
    }
}

void TestValidateCommand::foreignTextNeverReachesTheTerminalRaw()
{
    const QString path =
        m_gesso.write(QStringLiteral("hostile.json"), R"({"nodes": [{"id": 3, "type": "A\u001b[31m\u202eB",
        "title": "\u001b]0;title\u0007", "properties": {"cnr_id": "x\u001b[2J\ny", "aux_id": {}, "ver": [1], "models": {"name": 5}}}],
        "links": [], "version": 0.4})");
    const Outcome people = validate(path, false);
    QCOMPARE(people.exitCode, 1);
    QVERIFY2(people.err.contains("[missing-node]"), people.err);
    QVERIFY(!people.err.contains('\x1b') && !people.err.contains('\x07'));
    QVERIFY(!people.err.contains(QStringLiteral(u"\u202e").toUtf8()));
}

void TestValidateCommand::findingsAreAboutTheServersRules()
{
    const QString path = m_gesso.write(QStringLiteral("prompt.json"),
                                       R"({"1": {"class_type": "Load", "inputs": {"name": "one.ckpt"}},
        "2": {"class_type": "Save", "inputs": {"model": ["1", 0], "steps": 2.5}},
        "3": {"class_type": "Load", "inputs": {"name": "nobody looks here"}}})");
    const Outcome outcome = validate(path);
    QCOMPARE(outcome.exitCode, 1);
    const Json name = withCode(outcome, QStringLiteral("value-not-in-list"));
    QCOMPARE(name["fix"]["value"], Json("sd/one.safetensors"));
    QCOMPARE(stringMember(withCode(outcome, QStringLiteral("value-read-otherwise")), "severity"),
             QStringLiteral("warning"));
    QCOMPARE(intMember(outcome.event(QStringLiteral("done")), "errors"), qint64(1));
    QCOMPARE(intMember(outcome.event(QStringLiteral("done")), "warnings"), qint64(2));
}

void TestValidateCommand::filesThatCannotBeReadSayWhy()
{
    const QString workflow =
        m_gesso.write(QStringLiteral("some.json"), R"({"1": {"class_type": "Load", "inputs": {}}})");
    const QString gone = QDir(m_gesso.home()).filePath(QStringLiteral("gone.json"));
    for (const QString& command : {QStringLiteral("validate"), QStringLiteral("params")}) {
        const Outcome outcome =
            m_gesso.run({command, workflow, QStringLiteral("--object-info"), gone, QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 2);
        const Json error = outcome.event(QStringLiteral("error"));
        QCOMPARE(stringMember(error, "kind"), QStringLiteral("unreadable"));
        QVERIFY(!stringMember(error, "detail").isEmpty()); // the system's reason
        QVERIFY(stringMember(error, "hint").isEmpty()); // which is no way out
    }
    const Outcome people =
        m_gesso.run({QStringLiteral("validate"), workflow, QStringLiteral("--object-info"), gone});
    QVERIFY2(people.err.count('\n') >= 2, people.err); // what, and why
}

void TestValidateCommand::realWorkflows_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("all is there") << QStringLiteral("cases/hand__subgraph_basic") << 0;
    QTest::newRow("unknown nodes") << QStringLiteral("unknown-nodes/tpl0123__3d_moge_panorama_to_mesh") << 1;
}

void TestValidateCommand::realWorkflows()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, name);
    QFETCH(int, exitCode);
    const QString folder = dataFolder() + QStringLiteral("/conversion/");
    const QString path = folder + name + QStringLiteral("/workflow.json");
    const Outcome outcome =
        m_gesso.run({QStringLiteral("validate"), path, QStringLiteral("--object-info"),
                     folder + QStringLiteral("object_info.json"), QStringLiteral("--json")});
    QVERIFY2(outcome.exitCode == exitCode, outcome.said());
}

QTEST_GUILESS_MAIN(TestValidateCommand)
#include "tst_validatecommand.moc"
