// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/foreigntext.h"
#include "core/workflow/missingnodes.h"
#include "core/workflow/modelfiles.h"
#include "core/workflow/promptvalidator.h"
#include "core/workflow/workflowcheck.h"
#include "tests/core/workflow/samples.h"
#include "tests/testkit/testdata.h"

#include <QSet>
#include <QTest>

#include <algorithm>
#include <map>

namespace gesso {
namespace {

// Two nodes of one missing class, one of them inside a subgraph, and a muted one of another class.
const char* const kMissing = R"({"nodes": [
 {"id": 1, "type": "Gone", "title": "Mine", "properties": {"cnr_id": "gone-pack", "ver": "1.2.0"}},
 {"id": 2, "type": "sub", "title": "An instance"},
 {"id": 3, "type": "Muted", "mode": 2, "properties": {"aux_id": "somebody/pack"}},
 {"id": 4, "type": "Save", "inputs": [], "widgets_values": ["x"]}], "links": [],
 "definitions": {"subgraphs": [{"id": "sub", "name": "Upscale <b>", "nodes": [
  {"id": 7, "type": "Gone", "properties": {"cnr_id": "gone-pack", "ver": "1.2.0", "aux_id": "who/gone"}}],
  "links": [], "inputs": [], "outputs": []}]}, "version": 0.4})";

const char* const kModels = R"({"nodes": [
 {"id": 2, "type": "Model", "widgets_values": ["gone/flux.safetensors"], "outputs": [{"name": "MODEL", "type": "MODEL", "links": [1]}],
  "properties": {"models": [{"name": "flux.safetensors", "url": "https:\/\/example.org/a b?download=true", "directory": "diffusion_models",
   "hash": "abc", "hash_type": "SHA256"}, 5, {"name": 7}, {"name": "other.safetensors"}]}},
 {"id": 3, "type": "Use", "inputs": [{"name": "model", "type": "MODEL", "link": 1}]}], "links": [[1, 2, 0, 3, 0, "MODEL"]], "version": 0.4})";

// What programs are told about them.
const char* const kUses =
    R"([{"node":"1","title":"Mine","inside":[],"sent":true},{"node":"2:7","title":"Gone","inside":["Upscale <b>"],"sent":true}])";
const char* const kPacks =
    R"([{"id":"gone-pack","source":"","version":"1.2.0"},{"id":"gone-pack","source":"who/gone","version":"1.2.0"}])";

NodeCatalogPtr modelCatalog()
{
    return *NodeCatalog::parse(
        R"({"Model": {"input": {"required": {"name": [["one.safetensors"]]}}, "output": ["MODEL"], "output_name": ["MODEL"]},
        "Use": {"input": {"required": {"model": ["MODEL"]}}, "output": [], "output_node": true}})");
}

Workflow workflowOf(const char* text)
{
    Workflow workflow;
    workflow.document = testkit::graph(text);
    return workflow;
}

Diagnostics check(const Workflow& workflow, const NodeCatalog& catalog)
{
    const auto conversion = workflow.isGraph() ? convertGraph(*workflow.graph(), catalog)
                                               : Result<Conversion>(Conversion{*workflow.prompt(), {}});
    return checkWorkflow(workflow, *conversion, catalog);
}

Diagnostics withCode(const Diagnostics& findings, const QString& code)
{
    Diagnostics found = findings;
    found.removeIf([&code](const Diagnostic& finding) { return finding.code != code; });
    return found;
}

} // namespace

class TestWorkflowCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingClassIsOneFinding();
    void consequencesOfMissingNodesAreNotSaid();
    void whatASubgraphLacksIsNotSaidOfItsNeighbours();
    void whatTheFileItselfLacks_data();
    void whatTheFileItselfLacks();
    void aLinkLeftOutSaysWhy();
    void missingClassesOfPrompts();
    void comfysOwnNodesAreNotInAPack();
    void missingModelsSayWhereTheyBelong();
    void aModelThatIsThereIsNotMissing();
    void foreignTextIsHarmless_data();
    void foreignTextIsHarmless();
    void foreignLinks_data();
    void foreignLinks();
    void foldersStayInside_data();
    void foldersStayInside();
    void everyUnknownNodeOfRealWorkflows_data();
    void everyUnknownNodeOfRealWorkflows();
    void realWorkflowsThatDeclareModels();
    void noLinkOfARealWorkflowIsOfTheWrongType();
};

void TestWorkflowCheck::aMissingClassIsOneFinding()
{
    const Diagnostics missing =
        withCode(check(workflowOf(kMissing), *testkit::sampleCatalog()), QStringLiteral("missing-node"));
    QCOMPARE(missing.size(), 2);
    const Diagnostic& gone = missing.at(0);
    QCOMPARE(gone.nodeType, QStringLiteral("Gone"));
    QCOMPARE(gone.severity, Severity::Error);
    QCOMPARE(gone.node.toString(), QStringLiteral("1"));
    QCOMPARE(writeJson(gone.details["uses"]), QByteArray(kUses));
    QCOMPARE(writeJson(gone.details["packs"]), QByteArray(kPacks));
    for (const char16_t* part :
         {u"“Gone”", u"“Mine” (node 1)", u"node 2:7, inside “Upscale <b>”", u"gone-pack 1.2.0"}) {
        QVERIFY2(gone.message.contains(QStringView(part)), qPrintable(gone.message));
    }
    QCOMPARE(missing.at(1).nodeType, QStringLiteral("Muted"));
    QCOMPARE(missing.at(1).severity, Severity::Warning); // it would not be sent
    QVERIFY(missing.at(1).message.contains(u"somebody/pack"));
}

void TestWorkflowCheck::consequencesOfMissingNodesAreNotSaid()
{
    const char* const text = R"({"nodes": [{"id": 1, "type": "Gone"},
        {"id": 2, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 1}]},
        {"id": 3, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 4}]},
        {"id": 4, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": 2}], "widgets_values": ["x"]},
        {"id": 5, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": 3}], "widgets_values": ["x"]},
        {"id": 6, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE"}], "widgets_values": ["x"]}],
        "links": [[1, 1, 0, 2, 0, "IMAGE"], [2, 2, 0, 4, 0, "IMAGE"], [3, 1, 0, 5, 0, "IMAGE"], [4, 3, 0, 3, 0, "*"]], "version": 0.4})";
    const Diagnostics inputs = withCode(check(workflowOf(text), *testkit::sampleCatalog()),
                                        QStringLiteral("required-input-missing"));
    QCOMPARE(inputs.size(), 1); // only the one that is linked to nothing
    QCOMPARE(inputs.constFirst().node.toString(), QStringLiteral("6"));
}

void TestWorkflowCheck::whatASubgraphLacksIsNotSaidOfItsNeighbours()
{
    const char* const text =
        R"({"nodes": [{"id": 1, "type": "sub", "outputs": [{"name": "o", "type": "IMAGE"}]},
        {"id": 4, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}], "widgets_values": ["x"]}],
        "links": [[1, 1, 0, 4, 0, "IMAGE"]], "definitions": {"subgraphs": [{"id": "sub", "name": "S", "nodes": [{"id": 7, "type": "Gone",
        "outputs": [{"name": "o", "type": "IMAGE"}]}], "links": [{"id": 2, "origin_id": 7, "origin_slot": 0, "target_id": -20, "target_slot": 0, "type": "IMAGE"}],
        "inputs": [], "outputs": [{"id": "a", "name": "o", "type": "IMAGE", "linkIds": [2]}]}]}, "version": 0.4})";
    const Diagnostics findings = check(workflowOf(text), *testkit::sampleCatalog());
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.constFirst().code, QStringLiteral("missing-node"));
}

// No pack brings a subgraph or a group node: the file should.
void TestWorkflowCheck::whatTheFileItselfLacks_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("says");
    QTest::newRow("subgraph") << QByteArray("33333333-3333-4333-8333-333333333333")
                              << QStringLiteral("does not carry the subgraph");
    QTest::newRow("group node") << QByteArray("workflow>Upscaler")
                                << QStringLiteral("does not carry the group node “Upscaler”");
    QTest::newRow("none") << QByteArray() << QStringLiteral("does not say of which type");
}

void TestWorkflowCheck::whatTheFileItselfLacks()
{
    QFETCH(QByteArray, type);
    QFETCH(QString, says);
    const QByteArray text =
        R"({"nodes": [{"id": 1, "type": ")" + type + R"(", "title": "Box"}], "links": []})";
    const Workflow workflow = workflowOf(text.constData());
    const Diagnostics missing =
        withCode(check(workflow, *testkit::sampleCatalog()), QStringLiteral("missing-node"));
    QCOMPARE(missing.size(), 1);
    QVERIFY2(missing.constFirst().message.contains(says), qPrintable(missing.constFirst().message));
    QVERIFY(missing.constFirst().message.contains(u"“Box” (node 1)"));
    QCOMPARE(missing.constFirst().message.contains(u"pack"), type.isEmpty());
    const Result<Conversion> conversion = convertGraph(*workflow.graph(), *testkit::sampleCatalog());
    QVERIFY(conversion->diagnostics.constFirst().message.contains(says));
}

void TestWorkflowCheck::aLinkLeftOutSaysWhy()
{
    const Workflow workflow = workflowOf(R"({"nodes": [
        {"id": 1, "type": "Load", "title": "My picture", "mode": 2, "outputs": [{"name": "IMAGE", "type": "IMAGE"}], "widgets_values": ["a.png"]},
        {"id": 4, "type": "Save", "inputs": [{"name": "images", "type": "IMAGE", "link": 1}], "widgets_values": ["x"]}],
        "links": [[1, 1, 0, 4, 0, "IMAGE"]], "version": 0.4})");
    ConversionOptions options;
    options.explain = true;
    const NodeCatalogPtr catalog = testkit::sampleCatalog();
    const Diagnostics findings =
        checkWorkflow(workflow, *convertGraph(*workflow.graph(), *catalog, options), *catalog);
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.constFirst().message,
             QStringLiteral("“images” needs a link. Its link is left out: “My picture” (1) is muted."));
}

void TestWorkflowCheck::missingClassesOfPrompts()
{
    Workflow workflow;
    const char* const text =
        R"({"1": {"class_type": "Gone", "inputs": {}, "_meta": {"title": "A", "cnr_id": "p"}}, "2": {"class_type": "Gone", "inputs": {}},)"
        R"("4": {"class_type": "Save", "inputs": {"images": ["1", 0], "prefix": "x"}}})";
    workflow.document = *promptFromJson(testkit::json(text));
    const Diagnostics findings = check(workflow, *testkit::sampleCatalog());
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings.constFirst().details["uses"].size(), std::size_t(2));
    QCOMPARE(findings.constFirst().details["packs"].size(), std::size_t(1));
}

void TestWorkflowCheck::comfysOwnNodesAreNotInAPack()
{
    const Diagnostics findings = check(
        workflowOf(
            R"({"nodes": [{"id": 1, "type": "New", "properties": {"cnr_id": "comfy-core", "ver": "0.9.1"}}]})"),
        *testkit::sampleCatalog());
    QVERIFY(findings.constFirst().message.contains(u"ComfyUI itself (0.9.1)"));
}

void TestWorkflowCheck::missingModelsSayWhereTheyBelong()
{
    const Diagnostics findings = check(workflowOf(kModels), *modelCatalog());
    QCOMPARE(findings.size(), 1);
    const Diagnostic& finding = findings.constFirst();
    QCOMPARE(finding.code, QStringLiteral("missing-model"));
    QCOMPARE(finding.severity, Severity::Error);
    QCOMPARE(finding.node.toString(), QStringLiteral("2"));
    QCOMPARE(finding.input, QStringLiteral("name"));
    QVERIFY(finding.message.contains(u"models/diffusion_models"));
    QVERIFY(finding.message.contains(u"https://example.org/a%20b?download=true"));
    const QByteArray details = // not inside the macro: moc 6.4 does not read raw strings there
        R"({"name":"flux.safetensors","folder":"diffusion_models",)"
        R"("links":["https://example.org/a%20b?download=true"],"hash":"abc","hashType":"SHA256"})";
    QCOMPARE(writeJson(finding.details), details);
}

void TestWorkflowCheck::aModelThatIsThereIsNotMissing()
{
    QByteArray text = kModels;
    QCOMPARE(check(workflowOf(text.replace("gone/flux", "one").constData()), *modelCatalog()), Diagnostics());
    // Declared, but another file is chosen: that one has no link.
    const Diagnostics other =
        check(workflowOf(QByteArray(kModels).replace("gone/flux", "gone/two").constData()), *modelCatalog());
    QCOMPARE(other.size(), 1);
    QCOMPARE(other.constFirst().code, QStringLiteral("value-not-in-list"));
}

void TestWorkflowCheck::foreignTextIsHarmless_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("a-pack") << QStringLiteral("a-pack");
    QTest::newRow("lines") << QStringLiteral("a\n\tb\r\nc") << QStringLiteral("a b c");
    QTest::newRow("direction") << QStringLiteral(u"\u202Egnp.exe") << QStringLiteral("gnp.exe");
    QTest::newRow("controls") << QStringLiteral(u"a\u001B[31mb\u0000c") << QStringLiteral("a[31mbc");
    QTest::newRow("long") << QString(500, u'x') << QString(QString(119, u'x') + u'…');
    QTest::newRow("empty") << QString() << QString();
}

void TestWorkflowCheck::foreignTextIsHarmless()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(foreignText(text), expected);
}

void TestWorkflowCheck::foreignLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("https") << QStringLiteral("https://example.org/m.safetensors")
                           << QStringLiteral("https://example.org/m.safetensors");
    QTest::newRow("http") << QStringLiteral("http://example.org") << QStringLiteral("http://example.org");
    QTest::newRow("looks like another")
        << QStringLiteral(u"https://ex\u0430mple.org/") << QStringLiteral("https://xn--exmple-4nf.org/");
    for (const char* bad :
         {"", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/a", "example.org/a", "https://",
          "https://user:secret@example.org/", "data:text/html,x", "//example.org/a"}) {
        QTest::newRow(*bad ? bad : "nothing") << QString::fromLatin1(bad) << QString();
    }
    QTest::newRow("long") << QString(QStringLiteral("https://example.org/") + QString(3000, u'x'))
                          << QString();
}

void TestWorkflowCheck::foreignLinks()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(foreignLink(text), expected);
}

void TestWorkflowCheck::foldersStayInside_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QStringLiteral("loras") << QStringLiteral("loras");
    QTest::newRow("deeper") << QStringLiteral("loras\\flux") << QStringLiteral("loras/flux");
    QTest::newRow("up") << QStringLiteral("loras/../..") << QString();
    QTest::newRow("absolute") << QStringLiteral("/etc") << QString();
    QTest::newRow("drive") << QStringLiteral("C:\\x") << QString();
}

void TestWorkflowCheck::foldersStayInside()
{
    QFETCH(QString, folder);
    QFETCH(QString, expected);
    Workflow workflow = workflowOf(kModels);
    workflow.graph()->root.nodes[0].properties["models"][0]["directory"] = toJson(folder);
    workflow.graph()->root.rebuildIndex();
    QCOMPARE(modelFilesOf(workflow).constFirst().folder, expected);
}

void TestWorkflowCheck::everyUnknownNodeOfRealWorkflows_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("types");
    QTest::addColumn<QString>("catalog");
    if (!testkit::hasData()) {
        return;
    }
    const QString folder = testkit::dataFolder() + QStringLiteral("/conversion/");
    for (const Json& record : testkit::readJson(folder + QStringLiteral("index.json"))) {
        if (stringMember(record, "kind") != u"unknown-nodes") {
            continue;
        }
        QStringList types;
        for (const Json& type : record["missing_types"]) {
            types.append(toQString(type));
        }
        types.sort();
        const QString name = stringMember(record, "name");
        QTest::newRow(qPrintable(name)) << name << types << stringMember(record, "object_info");
    }
}

// Each missing class is reported by exactly one finding, which names every place it is used in and the packs
// the file knows for it.
void TestWorkflowCheck::everyUnknownNodeOfRealWorkflows()
{
    GESSO_NEEDS_DATA();
    QFETCH(QString, name);
    QFETCH(QStringList, types);
    QFETCH(QString, catalog);
    static std::map<QString, NodeCatalogPtr> catalogs;
    const QString folder = testkit::dataFolder() + QStringLiteral("/conversion/");
    if (!catalogs[catalog]) {
        catalogs[catalog] = *NodeCatalog::parse(testkit::readAll(folder + catalog));
    }
    const auto workflow =
        readWorkflowFile(folder + QStringLiteral("unknown-nodes/") + name + QStringLiteral("/workflow.json"));
    QVERIFY(workflow);
    const auto conversion = convertGraph(*workflow->graph(), *catalogs[catalog]);
    QVERIFY(conversion);
    const Diagnostics perNode = withCode(conversion->diagnostics, QStringLiteral("missing-node"));
    const Diagnostics perType =
        withCode(checkWorkflow(*workflow, *conversion, *catalogs[catalog]), QStringLiteral("missing-node"));
    QStringList reported;
    qsizetype uses = 0;
    for (const Diagnostic& finding : perType) {
        reported.append(finding.nodeType);
        uses += qsizetype(finding.details["uses"].size());
        for (const Json& pack : finding.details["packs"]) {
            QVERIFY(!stringMember(pack, "id").isEmpty() || !stringMember(pack, "source").isEmpty());
            QVERIFY(finding.message.contains(stringMember(pack, "version")));
        }
    }
    reported.sort();
    QCOMPARE(reported, types);
    QCOMPARE(uses, perNode.size());
}

void TestWorkflowCheck::realWorkflowsThatDeclareModels()
{
    GESSO_NEEDS_DATA();
    const QString folder = testkit::dataFolder() + QStringLiteral("/conversion/");
    const auto catalog =
        NodeCatalog::parse(testkit::readAll(folder + QStringLiteral("object_info-2026.json")));
    QVERIFY(catalog);
    const auto workflow = readWorkflowFile(
        folder + QStringLiteral("cases-2026/misc__Comfy-Org-02_qwen_Image_edit_subgraphed/workflow.json"));
    QVERIFY(workflow);
    QSet<QString> folders;
    for (const Diagnostic& finding : withCode(check(*workflow, **catalog), QStringLiteral("missing-model"))) {
        folders.insert(stringMember(finding.details, "folder"));
        QVERIFY(finding.node.toString().contains(u':')); // they are inside subgraphs
        QVERIFY(stringMember(finding.details, "name").endsWith(u".safetensors"));
        QVERIFY(toQString(finding.details["links"][0]).startsWith(u"https://huggingface.co/"));
    }
    QCOMPARE(folders,
             QSet<QString>({QStringLiteral("vae"), QStringLiteral("text_encoders"),
                            QStringLiteral("diffusion_models"), QStringLiteral("loras")}));
}

// They were all made in the front end, which lets only fitting ones be drawn.
void TestWorkflowCheck::noLinkOfARealWorkflowIsOfTheWrongType()
{
    GESSO_NEEDS_DATA();
    const QString folder = testkit::dataFolder() + QStringLiteral("/conversion/");
    std::map<QString, NodeCatalogPtr> catalogs;
    int links = 0;
    for (const Json& record : testkit::readJson(folder + QStringLiteral("index.json"))) {
        NodeCatalogPtr& catalog = catalogs[stringMember(record, "object_info")];
        if (!catalog) {
            catalog = *NodeCatalog::parse(testkit::readAll(folder + stringMember(record, "object_info")));
        }
        const QString name = stringMember(record, "kind") + u'/' + stringMember(record, "name");
        const auto workflow = readWorkflowFile(folder + name + QStringLiteral("/workflow.json"));
        QVERIFY(workflow);
        const auto conversion = convertGraph(*workflow->graph(), *catalog);
        QVERIFY(conversion);
        for (const Diagnostic& finding : validatePrompt(conversion->prompt, *catalog)) {
            QVERIFY2(finding.code != u"link-type-mismatch", qPrintable(name + u": " + finding.message));
        }
        for (const PromptNode& node : conversion->prompt.nodes) {
            links += int(std::count_if(node.inputs.begin(), node.inputs.end(),
                                       [](const auto& input) { return asLink(input.second).has_value(); }));
        }
    }
    qInfo("%d links", links);
    QVERIFY(links > 5000);
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestWorkflowCheck)
#include "tst_workflowcheck.moc"
