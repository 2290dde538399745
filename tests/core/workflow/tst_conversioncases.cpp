// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"
#include "tests/core/workflow/promptequality.h"
#include "tests/testkit/testdata.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <map>

namespace gesso {
namespace {

// These names are renamed today as version 1.27 did (conversion.md, 3.9), so its expectation holds.
bool usesOldTypeNames(const QString& name)
{
    return name.endsWith(u"conditioning_average") || name.endsWith(u"conditioning_average_png")
        || name.endsWith(u"compare_conditioning_merge");
}

// The front end reads links in the form of the other schema version as none at all; Gesso reads them by their
// plain meaning. Their expectation is the prompt of the same file with its links in the right form.
bool hasLinksOfOtherVersion(const QString& name)
{
    return name == u"hand__schema_v04_link_objects" || name == u"hand__schema_v1_link_arrays";
}

// The same document with links as arrays (version 0.4) or as objects (version 1).
Json withLinksInRightForm(Json document)
{
    static const std::vector<std::string> keys{"id",        "origin_id",   "origin_slot",
                                               "target_id", "target_slot", "type"};
    const bool wantObjects = numberMember(document, "version") >= 1;
    for (Json& link : document["links"]) {
        Json other = wantObjects ? Json::object() : Json::array();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (wantObjects) {
                other[keys[i]] = link[i];
            } else {
                other.push_back(link[keys[i]]);
            }
        }
        link = std::move(other);
    }
    return document;
}

QStringList errorsOf(const Diagnostics& diagnostics)
{
    QStringList lines;
    for (const Diagnostic& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::Error) {
            lines.append(diagnostic.code % u' ' % diagnostic.node.toString() % u": " % diagnostic.message);
        }
    }
    return lines;
}

QString nameOf(testkit::PromptEquality equality)
{
    switch (equality) {
    case testkit::PromptEquality::Exact:
        return QStringLiteral("exact");
    case testkit::PromptEquality::NumbersAsDoubles:
        return QStringLiteral("numbers as doubles");
    case testkit::PromptEquality::ServerView:
        return QStringLiteral("what the server looks at");
    case testkit::PromptEquality::UpToIds:
        return QStringLiteral("up to ids");
    case testkit::PromptEquality::Different:
        break;
    }
    return QStringLiteral("different");
}

} // namespace

// Every recorded workflow gives the prompt that the official web front end made of it.
class TestConversionCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void recordedCase_data();
    void recordedCase();
    void lastChoice_data();
    void lastChoice();
    void cleanupTestCase();

private:
    QString folder() const { return testkit::dataFolder() % u"/conversion/"; }
    QString folderOf(const Json& record) const
    {
        return folder() % stringMember(record, "kind") % u'/' % stringMember(record, "name") % u'/';
    }
    const NodeCatalog& catalogOf(const Json& record)
    {
        return *m_catalogs.at(stringMember(record, "object_info"));
    }
    const Json& recordNamed(const QString& name) const;
    void count(const QString& kind) { ++m_counts[kind]; }
    void checkEqual(const Json& expected, const Json& actual, const NodeCatalog& catalog);
    void checkUnknown(const Json& record, const Conversion& conversion);
    void checkThrown(const Json& record, const Conversion& conversion);

    Json m_index;
    std::map<QString, NodeCatalogPtr> m_catalogs;
    std::map<QString, int> m_counts;
};

void TestConversionCases::initTestCase()
{
    GESSO_NEEDS_DATA();
    m_index = testkit::readJson(folder() % u"index.json");
    for (const QString& name :
         {QStringLiteral("object_info.json"), QStringLiteral("object_info-2026.json")}) {
        const auto catalog = NodeCatalog::parse(testkit::readAll(folder() % name));
        QVERIFY(catalog);
        m_catalogs.emplace(name, *catalog);
    }
}

const Json& TestConversionCases::recordNamed(const QString& name) const
{
    const auto found = std::find_if(m_index.begin(), m_index.end(), [&name](const Json& record) {
        return name == stringMember(record, "kind") % u'/' % stringMember(record, "name");
    });
    return *found;
}

void TestConversionCases::recordedCase_data()
{
    QTest::addColumn<QString>("name");
    for (const Json& record : std::as_const(m_index)) {
        const QString name = stringMember(record, "kind") % u'/' % stringMember(record, "name");
        QTest::newRow(name.toUtf8().constData()) << name;
    }
}

void TestConversionCases::recordedCase()
{
    QFETCH(QString, name);
    const Json& record = recordNamed(name);
    const QString caseFolder = folderOf(record);
    const QString shortName = stringMember(record, "name");
    const NodeCatalog& catalog = catalogOf(record);
    const Json document = testkit::readJson(caseFolder % u"workflow.json");
    const auto workflow = workflowFromJson(document, shortName);
    QVERIFY(workflow && workflow->graph());
    const auto conversion = convertGraph(*workflow->graph(), catalog);
    QVERIFY(conversion);

    if (stringMember(record, "kind") == u"unknown-nodes") {
        checkUnknown(record, *conversion);
    } else if (boolMember(record, "nondeterministic")) {
        QCOMPARE(errorsOf(conversion->diagnostics), QStringList());
        QVERIFY(!conversion->prompt.isEmpty());
        count(QStringLiteral("nondeterministic"));
    } else if (hasLinksOfOtherVersion(shortName)) {
        QVERIFY(!workflow->diagnostics.isEmpty());
        const auto mended = graphFromJson(withLinksInRightForm(document), nullptr);
        QVERIFY(mended);
        const Json expected = toJson(convertGraph(*mended, catalog)->prompt);
        QVERIFY(writeJson(expected).contains("[\"")); // it has links
        checkEqual(expected, toJson(conversion->prompt), catalog);
    } else if (record.contains("frontend_1.58.1")) {
        checkThrown(record, *conversion);
    } else {
        const QString expectation =
            usesOldTypeNames(shortName) && QFile::exists(caseFolder % u"expected-1.27.json")
            ? QStringLiteral("expected-1.27.json")
            : QStringLiteral("expected.json");
        checkEqual(testkit::readJson(caseFolder % expectation), toJson(conversion->prompt), catalog);
        QCOMPARE(errorsOf(conversion->diagnostics), QStringList());
    }
}

void TestConversionCases::checkEqual(const Json& expected, const Json& actual, const NodeCatalog& catalog)
{
    const testkit::PromptEquality equality = testkit::comparePrompts(expected, actual, catalog);
    count(nameOf(equality));
    if (equality == testkit::PromptEquality::Different) {
        QFAIL(qPrintable(testkit::promptDifferences(expected, actual).mid(0, 12).join(QLatin1Char('\n'))));
    }
}

// Every type that the server lacks is reported, and nothing else is.
void TestConversionCases::checkUnknown(const Json& record, const Conversion& conversion)
{
    QSet<QString> expected;
    for (const Json& type : record["missing_types"]) {
        expected.insert(toQString(type));
    }
    QSet<QString> reported;
    for (const Diagnostic& diagnostic : conversion.diagnostics) {
        if (diagnostic.code == u"missing-node") {
            reported.insert(diagnostic.nodeType);
            QVERIFY(!diagnostic.node.isEmpty());
        }
    }
    QCOMPARE(reported, expected);
    for (const PromptNode& node : conversion.prompt.nodes) {
        QVERIFY(!node.classType.isEmpty());
    }
    count(QStringLiteral("unknown nodes reported"));
}

// The front end throws here; Gesso says what is wrong, or makes a prompt where the meaning is plain.
void TestConversionCases::checkThrown(const Json& record, const Conversion& conversion)
{
    const QString name = stringMember(record, "name");
    if (name == u"hand__link_origin_node_missing") {
        QVERIFY(hasErrors(conversion.diagnostics));
        QCOMPARE(conversion.diagnostics.constFirst().code, QStringLiteral("link-origin-missing"));
    } else {
        // An input box wired straight to the output box: the link simply goes through.
        QCOMPARE(name, QStringLiteral("hand__subgraph_passthrough"));
        QCOMPARE(errorsOf(conversion.diagnostics), QStringList());
        const PromptNode* consumer = conversion.prompt.node(NodeId(QStringLiteral("4")));
        QVERIFY(consumer && consumer->input(QStringLiteral("mask")));
        QCOMPARE(writeJson(*consumer->input(QStringLiteral("mask"))), QByteArray(R"(["1",1])"));
    }
    count(QStringLiteral("front end throws"));
}

void TestConversionCases::lastChoice_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("dynamic prompts") << QStringLiteral("cases/hand__dynamic_prompts");
    QTest::newRow("primitive") << QStringLiteral("cases/hand__primitive_text_and_combo");
}

void TestConversionCases::lastChoice()
{
    QFETCH(QString, name);
    const Json& record = recordNamed(name);
    const auto graph = graphFromJson(testkit::readJson(folderOf(record) % u"workflow.json"), nullptr);
    QVERIFY(graph);
    ConversionOptions options;
    options.choices = ChoiceRule::Last;
    const auto conversion = convertGraph(*graph, catalogOf(record), options);
    QVERIFY(conversion);
    const Json expected = testkit::readJson(folderOf(record) % u"expected-last-choice.json");
    const Json actual = toJson(conversion->prompt);
    QVERIFY2(testkit::comparePrompts(expected, actual, catalogOf(record))
                 != testkit::PromptEquality::Different,
             qPrintable(testkit::promptDifferences(expected, actual).join(QLatin1Char('\n'))));
}

void TestConversionCases::cleanupTestCase()
{
    int total = 0;
    for (const auto& [kind, number] : m_counts) {
        qInfo("%4d %s", number, qPrintable(kind));
        total += number;
    }
    qInfo("%4d of %d cases", total, int(m_index.size()));
}

} // namespace gesso

QTEST_GUILESS_MAIN(gesso::TestConversionCases)
#include "tst_conversioncases.moc"
