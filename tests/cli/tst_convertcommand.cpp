// SPDX-License-Identifier: GPL-3.0-or-later
#include "gessoprocess.h"
#include "tests/testkit/testdata.h"

#include <QSet>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

// gesso convert, run as the program it is: --explain, --choices and what packs add.
class TestConvertCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void explainsForPeople();
    void explainsForPrograms();
    void saysNothingUnlessAsked();
    void saysWhatWasMendedWhileReading();
    void aChoiceBringsKeys();
    void catalogueFiles_data();
    void catalogueFiles();
    void randomChoicesRepeat();
    void packsWithoutServerClass();

private:
    Outcome convert(const QString& workflow, const QStringList& options = {})
    {
        return m_gesso.run(
            QStringList{QStringLiteral("convert"), workflow, QStringLiteral("--object-info"), m_catalog}
            + options);
    }

    GessoProcess m_gesso;
    QString m_catalog;
    QString m_workflow;
};

void TestConvertCommand::initTestCase()
{
    m_catalog = m_gesso.write(QStringLiteral("object_info.json"), R"({
        "Load": {"input": {"required": {"image": [["a.png"]]}}, "output": ["IMAGE"], "output_name": ["IMAGE"], "display_name": "Load Image"},
        "Blur": {"input": {"required": {"image": ["IMAGE"], "radius": ["INT", {"default": 1}]}}, "output": ["IMAGE"], "output_name": ["IMAGE"]},
        "Text": {"input": {"required": {"text": ["STRING", {"dynamicPrompts": true}]}}, "output": [], "output_node": true},
        "Save": {"input": {"required": {"images": ["IMAGE"]}}, "output": [], "output_node": true}})");
    m_workflow = m_gesso.write(QStringLiteral("muted.json"), R"({"version": 0.4, "nodes": [
        {"id": 1, "type": "Load", "inputs": [], "outputs": [], "widgets_values": ["a.png"]},
        {"id": 2, "type": "Blur", "mode": 4, "inputs": [{"name": "image", "type": "IMAGE", "link": 1}], "outputs": [{"name": "IMAGE", "type": "IMAGE"}], "widgets_values": [3]},
        {"id": 3, "type": "Save", "title": "Result", "inputs": [{"name": "images", "type": "IMAGE", "link": 2}], "outputs": []},
        {"id": 4, "type": "Note", "widgets_values": ["hello"]},
        {"id": 5, "type": "Text", "inputs": [], "outputs": [], "widgets_values": ["{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}"]}],
        "links": [[1, 1, 0, 2, 0, "IMAGE"], [2, 2, 0, 3, 0, "IMAGE"]]})");
}

void TestConvertCommand::explainsForPeople()
{
    const Outcome outcome = convert(m_workflow, {QStringLiteral("--explain")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(parseJson(outcome.out)); // the prompt alone
    for (const char* line :
         {"bypassed: Blur (2): Left out: it is bypassed.\n",
          "bypassed: Result (3) · images: “Blur” (2) is bypassed: gets what its input “image” gets, output 1 "
          "of “Load Image” (1).\n",
          "note: Note (4): Left out: it exists on the canvas only.\n",
          "choice: Text (5) · text: Comments and choices of the text are resolved: “aa”.\n"}) {
        QVERIFY2(outcome.err.contains(line), outcome.err);
    }
    QCOMPARE(outcome.err.count('\n'), 4);
}

void TestConvertCommand::explainsForPrograms()
{
    const Outcome outcome = convert(m_workflow, {QStringLiteral("--explain"), QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.isEmpty(), outcome.err);
    QStringList kinds;
    for (const Json& event : outcome.events(QStringLiteral("explanation"))) {
        kinds.append(stringMember(event, "kind"));
        for (const char* key : {"node", "title", "type", "text"}) {
            QVERIFY2(!stringMember(event, key).isEmpty(), key);
        }
    }
    QCOMPARE(kinds,
             QStringList({QStringLiteral("bypassed"), QStringLiteral("bypassed"), QStringLiteral("note"),
                          QStringLiteral("choice")}));
    QCOMPARE(outcome.event(QStringLiteral("prompt"))["prompt"].size(), std::size_t(3));
}

void TestConvertCommand::saysNothingUnlessAsked()
{
    const Outcome outcome = convert(m_workflow);
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.isEmpty(), outcome.err);
    QVERIFY(convert(m_workflow, {QStringLiteral("--json")}).events(QStringLiteral("explanation")).isEmpty());
}

void TestConvertCommand::saysWhatWasMendedWhileReading()
{
    const QString file = m_gesso.write(QStringLiteral("objects.json"), R"({"version": 0.4, "nodes": [
        {"id": 1, "type": "Load", "inputs": [], "outputs": [], "widgets_values": ["a.png"]},
        {"id": 3, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}], "outputs": []}],
        "links": [{"id": 1, "origin_id": 1, "origin_slot": 0, "target_id": 3, "target_slot": 0, "type": "IMAGE"}]})");
    const Outcome outcome = convert(file);
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.contains("[link-form]"), outcome.err);
    QVERIFY2(outcome.out.contains("\"images\""), outcome.out);
    const QList<Json> findings = convert(file, {QStringLiteral("--json")}).events(QStringLiteral("finding"));
    QCOMPARE(findings.size(), qsizetype(1));
    QCOMPARE(stringMember(findings.constFirst(), "code"), QStringLiteral("link-form"));
}

void TestConvertCommand::aChoiceBringsKeys()
{
    const QString catalog = m_gesso.write(QStringLiteral("dynamic.json"), R"({
        "Resize": {"input": {"required": {"mode": ["COMFY_DYNAMICCOMBO_V3", {"options": [
            {"key": "none", "inputs": {}},
            {"key": "size", "inputs": {"required": {"width": ["INT", {"default": 8}]}}}]}]}},
            "output": [], "output_node": true}})");
    const QString workflow = m_gesso.write(QStringLiteral("resize.json"), R"({"version": 0.4, "nodes": [
        {"id": 1, "type": "Resize", "inputs": [], "outputs": [], "widgets_values": ["none"]}], "links": []})");
    const Outcome outcome = m_gesso.run({QStringLiteral("convert"), workflow, QStringLiteral("--object-info"),
                                         catalog, QStringLiteral("-p"), QStringLiteral("1.mode=size"),
                                         QStringLiteral("-p"), QStringLiteral("1.mode.width=64")});
    QVERIFY2(outcome.exitCode == 0, outcome.err);
    const auto prompt = parseJson(outcome.out);
    QCOMPARE(writeJson((*prompt)["1"]["inputs"]), QByteArray(R"({"mode":"size","mode.width":64})"));
}

void TestConvertCommand::catalogueFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("isCatalogue");
    const QByteArray text =
        R"({"Load": {"input": {}, "output": ["IMAGE"]}, "Blur": {}, "Text": {}, "Save": {}})";
    QTest::newRow("plain") << text << true;
    QTest::newRow("byte order mark") << "\xef\xbb\xbf" + text << true;
    QTest::newRow("a workflow") << QByteArray(R"({"nodes": [], "extra": {"ds": {}}, "version": 0.4})")
                                << false;
    QTest::newRow("a prompt") << QByteArray(R"({"1": {"class_type": "Load", "inputs": {}}})") << false;
    QTest::newRow("nothing") << QByteArray("{}") << false;
}

void TestConvertCommand::catalogueFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, isCatalogue);
    const Outcome outcome =
        m_gesso.run({QStringLiteral("convert"), m_workflow, QStringLiteral("--object-info"),
                     m_gesso.write(QStringLiteral("catalogue.json"), content), QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, isCatalogue ? 0 : 2);
    QCOMPARE(outcome.event(QStringLiteral("error")).is_null(), isCatalogue);
}

void TestConvertCommand::randomChoicesRepeat()
{
    QSet<QByteArray> outputs;
    for (int seed = 0; seed < 6; ++seed) {
        const QStringList options{QStringLiteral("--choices"), QStringLiteral("random"),
                                  QStringLiteral("--seed"), QString::number(seed)};
        const Outcome first = convert(m_workflow, options);
        QCOMPARE(first.exitCode, 0);
        QCOMPARE(convert(m_workflow, options).out, first.out);
        outputs.insert(first.out);
    }
    QVERIFY(outputs.size() > 1);
}

// What the pack's scripts would do is done; what the server really lacks is an error all the same.
void TestConvertCommand::packsWithoutServerClass()
{
    const QByteArray nodes = R"x({"version": 0.4, "nodes": [
        {"id": 1, "type": "Load", "inputs": [], "outputs": [{"name": "IMAGE", "type": "IMAGE"}], "widgets_values": ["a.png"]},
        {"id": 2, "type": "SetNode", "inputs": [{"name": "IMAGE", "type": "IMAGE", "link": 1}], "outputs": [{"name": "*", "type": "*"}], "widgets_values": ["picture"]},
        {"id": 3, "type": "GetNode", "inputs": [], "outputs": [{"name": "IMAGE", "type": "IMAGE"}], "widgets_values": ["picture"]},
        {"id": 4, "type": "Anything Everywhere", "inputs": [{"name": "anything", "type": "IMAGE", "link": 2}], "outputs": []},
        {"id": 5, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": null}], "outputs": []},
        {"id": 6, "type": "Label (rgthree)", "inputs": [], "outputs": []}%1],
        "links": [[1, 1, 0, 2, 0, "IMAGE"], [2, 3, 0, 4, 0, "IMAGE"]]})x";
    const Outcome outcome =
        convert(m_gesso.write(QStringLiteral("packs.json"), QByteArray(nodes).replace("%1", "")));
    QCOMPARE(outcome.exitCode, 0);
    const auto prompt = parseJson(outcome.out);
    QVERIFY2(prompt, outcome.out);
    QCOMPARE(writeJson((*prompt)["5"]["inputs"]), QByteArray(R"({"images":["1",0]})"));
    QCOMPARE(prompt->size(), std::size_t(2));

    const QByteArray comparer =
        R"x(, {"id": 7, "type": "Image Comparer (rgthree)", "inputs": [{"name": "image_a", "type": "IMAGE", "link": null}], "outputs": []})x";
    const Outcome lacking =
        convert(m_gesso.write(QStringLiteral("lacking.json"), QByteArray(nodes).replace("%1", comparer)));
    QCOMPARE(lacking.exitCode, 1);
    QVERIFY2(lacking.err.contains("Image Comparer (rgthree)"), lacking.err);
    QVERIFY2(!lacking.err.contains("Label (rgthree)"), lacking.err);
}

QTEST_GUILESS_MAIN(TestConvertCommand)
#include "tst_convertcommand.moc"
