// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriedworkflow.h"

#include "core/workflow/promptorigin.h"
#include "core/workflow/reader.h"
#include "core/workflow/textkind.h"
#include "tests/core/workflow/carriers/picturebytes.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

const char* const kGraph = R"({"nodes": [{"id": 1, "type": "Load"}], "links": []})";
const char* const kOtherGraph =
    R"({"nodes": [{"id": 1, "type": "Load"}, {"id": 2, "type": "Save"}], "links": []})";
const char* const kPrompt = R"({"1": {"inputs": {"x": NaN}, "class_type": "Load"}})";
const char* const kOtherPrompt = R"({"1": {"inputs": {}, "class_type": "Paint"}})";

EmbeddedText text(const char* key, const char* content)
{
    return {QString::fromLatin1(key), content, {}};
}

QStringList codesOf(const Workflow& workflow)
{
    QStringList codes;
    for (const Diagnostic& diagnostic : workflow.diagnostics) {
        codes.append(diagnostic.code);
    }
    return codes;
}

Result<Workflow> from(const TextList& texts)
{
    return workflowFromTexts({QStringLiteral("png"), texts}, QStringLiteral("x.png"));
}

} // namespace

Q_DECLARE_METATYPE(gesso::TextKind)

class TestCarriedWorkflow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data()
    {
        QTest::addColumn<TextList>("texts");
        QTest::addColumn<int>("graphNodes"); // 0: the prompt leads
        QTest::addColumn<QStringList>("codes");
        const QString several = QStringLiteral("several-workflows");
        const QString differs = QStringLiteral("prompt-differs");
        QTest::newRow("graph and prompt")
            << TextList{text("prompt", kPrompt), text("workflow", kGraph)} << 1 << QStringList();
        QTest::newRow("two different graphs: the last")
            << TextList{text("workflow", kGraph), text("workflow", kOtherGraph)} << 2 << QStringList{several};
        QTest::newRow("the last is broken: the one before")
            << TextList{text("workflow", kOtherGraph), text("workflow", "{")} << 2
            << QStringList{QStringLiteral("embedded-workflow"), several};
        QTest::newRow("the prompt is broken: the graph")
            << TextList{text("workflow", kGraph), text("prompt", "{\"1\":")} << 1
            << QStringList{QStringLiteral("embedded-prompt")};
        QTest::newRow("the same graph twice")
            << TextList{text("workflow", kGraph), text("workflow", kGraph)} << 1 << QStringList();
        QTest::newRow("two different prompts")
            << TextList{text("prompt", kPrompt), text("prompt", kOtherPrompt)} << 0 << QStringList{several};
        QTest::newRow("graph and prompt that disagree")
            << TextList{text("workflow", kGraph), text("prompt", kOtherPrompt)} << 1 << QStringList{differs};
        QTest::newRow("under another key")
            << TextList{text("UserComment", kOtherGraph)} << 2 << QStringList();
        QTest::newRow("a prompt under another key")
            << TextList{text("comment", kPrompt)} << 0 << QStringList();
        QTest::newRow("the key leads")
            << TextList{text("workflow", kGraph), text("comment", kOtherGraph)} << 1 << QStringList();
    }
    void chooses()
    {
        QFETCH(TextList, texts);
        QFETCH(int, graphNodes);
        QFETCH(QStringList, codes);
        const Result<Workflow> workflow = from(texts);
        QVERIFY2(workflow, workflow ? "" : qPrintable(workflow.error().message));
        QCOMPARE(codesOf(*workflow), codes);
        QCOMPARE(workflow->graph() ? int(workflow->graph()->root.nodes.size()) : 0, graphNodes);
        QCOMPARE(workflow->carrier, QStringLiteral("png"));
    }

    void saysWhatElseIsInIt_data()
    {
        QTest::addColumn<TextList>("texts");
        QTest::addColumn<QString>("says");
        QTest::newRow("A1111") << TextList{text("parameters", "a cat\nSteps: 20, Sampler: Euler, Seed: 1")}
                               << QStringLiteral("A1111");
        QTest::newRow("InvokeAI, whose workflows are others")
            << TextList{text("invokeai_metadata", "{\"positive_prompt\": \"a cat\"}"),
                        text("invokeai_workflow", kGraph)}
            << QStringLiteral("InvokeAI");
        QTest::newRow("nothing") << TextList{text("Software", "GIMP")} << QStringLiteral("no workflow");
        QTest::newRow("a name that turns the direction")
            << TextList{text("parameters", "a\nSteps: 1, App: evil\xe2\x80\xaegnp")}
            << QStringLiteral("evilgnp");
    }
    void saysWhatElseIsInIt()
    {
        QFETCH(TextList, texts);
        QFETCH(QString, says);
        const Result<Workflow> workflow = from(texts);
        QVERIFY(!workflow);
        QCOMPARE(workflow.error().kind, ErrorKind::Unreadable);
        QVERIFY2(workflow.error().message.contains(says), qPrintable(workflow.error().message));
        QVERIFY(workflow.error().message.contains(u"x.png"));
    }

    void kinds_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<TextKind>("kind");
        using Kind = TextKind::Kind;
        QTest::newRow("workflow") << QByteArray(kOtherGraph) << TextKind{Kind::Workflow, 2};
        QTest::newRow("prompt") << QByteArray(kPrompt) << TextKind{Kind::Prompt, 1};
        QTest::newRow("parameters") << QByteArray("a cat\nSteps: 20, Seed: 1")
                                    << TextKind{Kind::Parameters, 0};
        QTest::newRow("words") << QByteArray("a cat") << TextKind{Kind::Other, 0};
        QTest::newRow("other JSON") << QByteArray("{\"a\": 1}") << TextKind{Kind::Other, 0};
        QTest::newRow("broken JSON") << QByteArray("{") << TextKind{Kind::Other, 0};
        QTest::newRow("deep") << QByteArray("{\"a\":").repeated(100'000) << TextKind{Kind::Other, 0};
        QTest::newRow("empty") << QByteArray() << TextKind{Kind::Other, 0};
    }
    void kinds()
    {
        QFETCH(QByteArray, content);
        QFETCH(TextKind, kind);
        QVERIFY(textKind({QStringLiteral("UserComment"), content, {}}) == kind);
    }

    // Some savers put everything into one object.
    void takesObjectsApart_data()
    {
        QTest::addColumn<QByteArray>("comment");
        QTest::addColumn<bool>("isGraph");
        const QByteArray graph = kGraph;
        QTest::newRow("objects") << "{\"prompt\": " + QByteArray(kPrompt) + ", \"workflow\": " + graph + '}'
                                 << true;
        QTest::newRow("texts") << "{\"workflow\": \"" + QByteArray(graph).replace('"', "\\\"") + "\"}"
                               << true;
        QTest::newRow("only a prompt") << "{\"prompt\": " + QByteArray(kPrompt) + '}' << false;
        QTest::newRow("a prompt of another program")
            << QByteArray("{\"prompt\": \"a cat\", \"workflow\": 5}") << false;
    }
    void takesObjectsApart()
    {
        QFETCH(QByteArray, comment);
        QFETCH(bool, isGraph);
        const QString name = QStringLiteral("x.jpg");
        const Result<Workflow> workflow = readWorkflow(jpeg(jpegSegment(0xfe, comment)), name);
        QCOMPARE(workflow.has_value(), comment.contains("Load"));
        if (workflow) {
            QCOMPARE(workflow->isGraph(), isGraph);
            QCOMPARE(workflow->carrier, QStringLiteral("jpeg"));
        }
    }

    // Prompts that the official front end made of a workflow are never called strangers to it.
    void promptsOfRealWorkflows()
    {
        GESSO_NEEDS_DATA();
        int compared = 0;
        for (const char* folder : {"cases", "cases-2026"}) {
            const QDir cases(testkit::dataFolder() % u"/conversion/" % QLatin1String(folder));
            const QStringList names = cases.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
            for (const QString& name : names) {
                const QString expected = cases.filePath(name % u"/expected.json");
                const auto workflow = readWorkflowFile(cases.filePath(name % u"/workflow.json"));
                if (!QFile::exists(expected) || !workflow || !workflow->graph()) {
                    continue;
                }
                const Result<Prompt> prompt = promptFromJson(testkit::readJson(expected));
                if (prompt) {
                    const PromptNode* stranger = nodeOfAnotherGraph(*prompt, *workflow->graph());
                    QVERIFY2(!stranger, qPrintable(stranger ? name % u": " % stranger->classType : name));
                    ++compared;
                }
            }
        }
        qInfo("%d prompts compared with their workflows", compared);
        QVERIFY(compared > 300);
    }

    // The recording server was always given the same workflow, beside the prompt of each.
    void recordedMedia_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(testkit::dataFolder() % u"/media");
        const QStringList names = testkit::hasData() ? folder.entryList(QDir::Files) : QStringList();
        for (const QString& name : names) {
            QTest::newRow(name.toUtf8().constData()) << folder.filePath(name);
        }
        if (names.isEmpty()) {
            QTest::newRow("none") << QString();
        }
    }
    void recordedMedia()
    {
        GESSO_NEEDS_DATA();
        QFETCH(QString, path);
        const QString reference = testkit::dataFolder() % QString::fromUtf8("/media/été ☀ sample_00001_.png");
        const Result<Workflow> expected = readWorkflowFile(reference);
        const Result<Workflow> workflow = readWorkflowFile(path);
        QVERIFY2(workflow, workflow ? "" : qPrintable(workflow.error().message));
        QVERIFY(workflow->graph());
        QVERIFY(toJson(*workflow->graph()) == toJson(*expected->graph()));
        QVERIFY(workflow->embeddedPrompt);
        const bool isSamePrompt =
            nodeOfAnotherGraph(*workflow->embeddedPrompt, *workflow->graph()) == nullptr;
        QCOMPARE(codesOf(*workflow),
                 isSamePrompt ? QStringList() : QStringList{QStringLiteral("prompt-differs")});
        QCOMPARE(isSamePrompt, path.contains(u"sample"));
    }
};

QTEST_GUILESS_MAIN(TestCarriedWorkflow)
#include "tst_carriedworkflow.moc"
