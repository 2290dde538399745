// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/gessoprocess.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QImage>
#include <QTest>

using namespace gesso;
using namespace gesso::testkit;

namespace {

const char* const kGraph = R"({"nodes": [{"id": 1, "type": "Load"}], "links": [], "version": 0.4})";
const char* const kOtherGraph =
    R"({"nodes": [{"id": 1, "type": "Load"}, {"id": 2, "type": "Save"}], "links": [], "version": 0.4})";
const char* const kPrompt = R"({"1": {"inputs": {"x": 18446744073709551615}, "class_type": "Load"}})";
const char* const kInfotext =
    "a grüße cat\nasleep\nNegative prompt: ugly\nSteps: 20, Hashes: \"a: 1, b: 2\", Seed: 7";

} // namespace

// The real program on files that carry texts.
class TestInspectCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItFound()
    {
        const QString path = picture({{QStringLiteral("workflow"), QString::fromUtf8(kGraph)},
                                      {QStringLiteral("prompt"), QString::fromUtf8(kPrompt)},
                                      {QStringLiteral("Title"), QStringLiteral("tricky\x1b[2Jname")}});
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.startsWith("carrier.png: png, texts: 3\n"), outcome.out);
        QVERIFY2(outcome.out.contains("workflow, nodes: 1"), outcome.out);
        QVERIFY2(outcome.out.contains("prompt, nodes: 1"), outcome.out);
        QVERIFY2(!outcome.out.contains('\x1b'), outcome.out); // nothing in a file steers the terminal
        QVERIFY(outcome.out.contains("tricky[2Jname"));
    }

    void jsonLines()
    {
        const QString path = picture({{QStringLiteral("workflow"), QString::fromUtf8(kGraph)},
                                      {QStringLiteral("parameters"), QString::fromUtf8(kInfotext)}});
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 0);
        const QList<Json> texts = outcome.events(QStringLiteral("text"));
        QCOMPARE(texts.size(), 2);
        for (const Json& text : texts) {
            QVERIFY(text["carrier"] == Json("png"));
            QVERIFY(!stringMember(text, "place").isEmpty());
            const bool isWorkflow = text["key"] == Json("workflow");
            QVERIFY(text["kind"] == Json(isWorkflow ? "workflow" : "parameters"));
            QVERIFY(text["size"] == Json(QByteArray(isWorkflow ? kGraph : kInfotext).size()));
            QCOMPARE(text.contains("nodes"), isWorkflow);
        }
        const Json parameters = outcome.event(QStringLiteral("parameters"));
        QVERIFY(parameters["program"] == Json("A1111"));
        QVERIFY(parameters["positive"] == Json("a grüße cat\nasleep"));
        QVERIFY(parameters["negative"] == Json("ugly"));
        QVERIFY(parameters["values"][1] == Json({{"name", "Hashes"}, {"value", "a: 1, b: 2"}}));
    }

    void parametersForPeople()
    {
        const QString path = picture({{QStringLiteral("parameters"), QString::fromUtf8(kInfotext)}});
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(
            outcome.out.contains("  Prompt: a grüße cat\n    asleep\n  Negative prompt: ugly\n  Steps: 20\n"),
            outcome.out);
        // Whoever tries to open it is told what it is.
        const Outcome validated = m_gesso.run({QStringLiteral("validate"), path, QStringLiteral("--json")});
        QCOMPARE(validated.exitCode, 2);
        const QString message = stringMember(validated.event(QStringLiteral("error")), "message");
        QVERIFY2(message.contains(u"A1111"), qPrintable(message));
    }

    void writesDocuments()
    {
        const QString path = picture({{QStringLiteral("workflow"), QString::fromUtf8(kGraph)},
                                      {QStringLiteral("prompt"), QString::fromUtf8(kPrompt)}});
        const Outcome workflow = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--workflow")});
        QCOMPARE(workflow.exitCode, 0);
        QVERIFY(parseJson(workflow.out).value() == parseJson(kGraph).value());
        const Outcome prompt = m_gesso.run(
            {QStringLiteral("inspect"), path, QStringLiteral("--prompt"), QStringLiteral("--json")});
        QVERIFY(prompt.event(QStringLiteral("prompt"))["prompt"] == parseJson(kPrompt).value());
        QCOMPARE(m_gesso
                     .run({QStringLiteral("inspect"), path, QStringLiteral("--prompt"),
                           QStringLiteral("--workflow")})
                     .exitCode,
                 2);

        const QString bare = picture({{QStringLiteral("prompt"), QString::fromUtf8(kPrompt)}});
        const Outcome none = m_gesso.run({QStringLiteral("inspect"), bare, QStringLiteral("--workflow")});
        QCOMPARE(none.exitCode, 2);
        QVERIFY(none.out.isEmpty());
        QVERIFY2(none.err.contains("--prompt"), none.err);
    }

    void saysThatPromptAndWorkflowDiffer()
    {
        const QString path =
            picture({{QStringLiteral("workflow"), QString::fromUtf8(kGraph)},
                     {QStringLiteral("prompt"), QStringLiteral("{\"1\": {\"class_type\": \"Other\"}}")}});
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.event(QStringLiteral("finding"))["code"] == Json("prompt-differs"));
    }

    void jsonFiles()
    {
        const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("graph.json"));
        write(path, kOtherGraph);
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
        QCOMPARE(outcome.exitCode, 0);
        const Json text = outcome.event(QStringLiteral("text"));
        QVERIFY(text["carrier"] == Json("json"));
        QVERIFY(text["nodes"] == Json(2));
        write(path, "{\"neither\": 1}");
        QCOMPARE(m_gesso.run({QStringLiteral("inspect"), path}).exitCode, 2);
    }

    void anAddressIsNoFile()
    {
        const Outcome outcome =
            m_gesso.run({QStringLiteral("inspect"), QStringLiteral("https://example.org/graph.json")});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("files, not addresses"), outcome.err);
        QVERIFY(outcome.out.isEmpty());
    }

    // A film of two gigabytes (of which the disk holds little) is looked through, not read into memory.
    void largeFiles()
    {
        GESSO_NEEDS_DATA();
        const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("large.mp4"));
        const QByteArray film = readAll(dataFolder() % u"/media/clip_00001_.mp4");
        write(path, film + QByteArray("\0\0\0\0free", 8)); // a box that runs to the end
        QFile file(path);
        QVERIFY(file.resize(qint64(2) << 30));
        const Outcome outcome = m_gesso.run({QStringLiteral("inspect"), path, QStringLiteral("--json")});
        QVERIFY(QFile::remove(path));
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.events(QStringLiteral("text")).size() >= 2);
    }

private:
    void write(const QString& path, const QByteArray& content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QString picture(const QList<std::pair<QString, QString>>& texts)
    {
        QImage image(4, 4, QImage::Format_RGB32);
        image.fill(Qt::red);
        for (const auto& [key, text] : texts) {
            image.setText(key, text);
        }
        const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("carrier.png"));
        if (!image.save(path)) {
            qFatal("cannot write %s", qPrintable(path));
        }
        return path;
    }

    GessoProcess m_gesso;
};

QTEST_GUILESS_MAIN(TestInspectCommand)
#include "tst_inspectcommand.moc"
