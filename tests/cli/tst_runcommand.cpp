// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/reader.h"
#include "gessoprocess.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QFile>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QImage>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace gesso;
using namespace gesso::testkit;

namespace {

// The values of a node's inputs in the prompt that a picture carries.
Json embeddedInput(const QString& picture, const QString& node, const QString& input)
{
    const auto texts = readEmbeddedTexts(readAll(picture));
    if (!texts) {
        return {};
    }
    for (const auto& [key, text, place] : texts->texts) {
        if (key == QLatin1String("prompt")) {
            const auto prompt = promptFromJson(*parseJson(text));
            const PromptNode* found = prompt ? prompt->node(NodeId(node)) : nullptr;
            const Json* value = found ? found->input(input) : nullptr;
            return value ? *value : Json();
        }
    }
    return {};
}

QString firstLine(const Json& error)
{
    return stringMember(error, "message");
}

} // namespace

class TestRunCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void paintsOnTheBuiltInServer();
    void sameSeedSamePixels();
    void choicesGoByTheSeed();
    void sampleWorkflows_data();
    void sampleWorkflows();
    void textsOfAllScripts();
    void largestSeedThereAndBack();
    void uploadsPictureAndMask();
    void batchOfSeeds();
    void previewsOnRequest();
    void wrongUsage_data();
    void wrongUsage();
    void unreadableInput_data();
    void unreadableInput();
    void refusedByTheServer();
    void raisedByANode();
    void takesTooLong();
    void interrupted();
    void secondInterruptEndsAtOnce();
    void resultsThatCannotBeSaved();
    void quietWithoutATerminal();

private:
    QStringList quick(const QStringList& more = {}) const
    {
        return QStringList{QStringLiteral("run"),      sampleWorkflow(QStringLiteral("text-to-picture")),
                           QStringLiteral("-p"),       QStringLiteral("Steps=2"),
                           QStringLiteral("-p"),       QStringLiteral("Width=64"),
                           QStringLiteral("-p"),       QStringLiteral("Height=64"),
                           QStringLiteral("--server"), m_url,
                           QStringLiteral("--output"), m_gesso.outputFolder(),
                           QStringLiteral("--json")}
        + more;
    }

    GessoProcess m_gesso;
    QProcess m_demo;
    QString m_url;
};

void TestRunCommand::initTestCase()
{
    m_url = m_gesso.startDemo(m_demo);
}

void TestRunCommand::cleanupTestCase()
{
    m_demo.terminate();
    QVERIFY(m_demo.waitForFinished());
}

void TestRunCommand::paintsOnTheBuiltInServer()
{
    GessoProcess fresh; // nothing was ever used here
    const Outcome outcome = fresh.run(
        {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")), QStringLiteral("-p"),
         QStringLiteral("PositivePrompt=a lighthouse"), QStringLiteral("-p"), QStringLiteral("Seed=7"),
         QStringLiteral("--json"), QStringLiteral("--output"), fresh.outputFolder()});
    const Json server = outcome.event(QStringLiteral("server"));
    if (stringMember(server, "server") == QLatin1String("127.0.0.1:8188")) {
        QSKIP("another ComfyUI answers on this machine's usual port");
    }
    QCOMPARE(stringMember(server, "server"), QStringLiteral("demo"));
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    for (const Json& line : outcome.lines()) {
        QCOMPARE(intMember(line, "v"), 1);
        QVERIFY(!stringMember(line, "event").isEmpty());
    }
    QCOMPARE(outcome.event(QStringLiteral("submitted"))["seed"], Json(7));
    double last = -1;
    QVERIFY(outcome.events(QStringLiteral("progress")).size() > 3);
    for (const Json& progress : outcome.events(QStringLiteral("progress"))) {
        QVERIFY(numberMember(progress, "overall") >= last);
        last = numberMember(progress, "overall");
    }
    QCOMPARE(outcome.savedFiles().size(), 1);
    const QString picture = outcome.savedFiles().first();
    QVERIFY(picture.startsWith(fresh.outputFolder()));
    QCOMPARE(QImage(picture).size(), QSize(512, 512));
    QCOMPARE(embeddedInput(picture, QStringLiteral("2"), QStringLiteral("text")), Json("a lighthouse"));
    QCOMPARE(outcome.event(QStringLiteral("done"))["outputs"][0], toJson(picture));
}

void TestRunCommand::sameSeedSamePixels()
{
    QList<QImage> pictures;
    for (const char* seed : {"Seed=7", "Seed=7", "Seed=8"}) {
        const Outcome outcome = m_gesso.run(quick({QStringLiteral("-p"), QString::fromLatin1(seed)}));
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        QCOMPARE(outcome.savedFiles().size(), 1);
        pictures.append(QImage(outcome.savedFiles().first()));
        QVERIFY(!pictures.last().isNull());
    }
    QCOMPARE(pictures.at(0), pictures.at(1));
    QVERIFY(pictures.at(0) != pictures.at(2));
}

void TestRunCommand::choicesGoByTheSeed()
{
    const QString text = QStringLiteral("Prompt={a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}");
    QList<Json> chosen;
    for (const char* seed : {"Seed=7", "Seed=7", "Seed=8"}) {
        const Outcome outcome =
            m_gesso.run(quick({QStringLiteral("-p"), text, QStringLiteral("-p"), QString::fromLatin1(seed)}));
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        chosen.append(
            embeddedInput(outcome.savedFiles().value(0), QStringLiteral("2"), QStringLiteral("text")));
    }
    QCOMPARE(toQString(chosen.at(0)).size(), 3);
    QCOMPARE(chosen.at(0), chosen.at(1));
    QVERIFY(chosen.at(0) != chosen.at(2));
}

void TestRunCommand::sampleWorkflows_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::newRow("text-to-picture") << QStringList{};
    QTest::newRow("picture-to-picture") << QStringList{QStringLiteral("Image")};
    QTest::newRow("inpaint-with-mask") << QStringList{QStringLiteral("Image"), QStringLiteral("Mask")};
    QTest::newRow("upscale-and-finish") << QStringList{QStringLiteral("Image")};
    QTest::newRow("soft-glow") << QStringList{QStringLiteral("Image")};
}

void TestRunCommand::sampleWorkflows()
{
    QFETCH(QStringList, files);
    QImage picture(96, 64, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("entrada é.png"));
    QVERIFY(picture.save(path));
    QStringList arguments{
        QStringLiteral("run"),      sampleWorkflow(QString::fromLatin1(QTest::currentDataTag())),
        QStringLiteral("--server"), m_url,
        QStringLiteral("--output"), m_gesso.outputFolder(),
        QStringLiteral("--json")};
    for (const QString& key : files) {
        arguments += {QStringLiteral("-p"), key + u'=' + path};
    }
    const Outcome outcome = m_gesso.run(arguments);
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    QVERIFY(!outcome.savedFiles().isEmpty());
    QVERIFY(!QImage(outcome.savedFiles().first()).isNull());
}

void TestRunCommand::textsOfAllScripts()
{
    const QString text = QStringLiteral("Bäume am Fluß, 灯台 と 夕日, 🦊 \"quotes\" \\ = =");
    const Outcome outcome = m_gesso.run(quick({QStringLiteral("-p"), QStringLiteral("Prompt=") + text}));
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    const QString sent =
        toQString(embeddedInput(outcome.savedFiles().value(0), QStringLiteral("2"), QStringLiteral("text")));
    QCOMPARE(sent, text);
}

void TestRunCommand::largestSeedThereAndBack()
{
    const Outcome outcome =
        m_gesso.run(quick({QStringLiteral("-p"), QStringLiteral("Seed=18446744073709551615")}));
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    const Json submitted = outcome.event(QStringLiteral("submitted"))["seed"];
    QVERIFY(submitted.is_number_unsigned());
    QCOMPARE(submitted.get<std::uint64_t>(), UINT64_MAX);
    const Json embedded =
        embeddedInput(outcome.savedFiles().value(0), QStringLiteral("5"), QStringLiteral("seed"));
    QVERIFY(embedded.is_number_unsigned());
    QCOMPARE(embedded.get<std::uint64_t>(), UINT64_MAX);
}

void TestRunCommand::uploadsPictureAndMask()
{
    // The mask decides: a white one has the whole picture painted anew, a black one keeps it.
    const QDir home(m_gesso.home());
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(QColor(200, 30, 40));
    QVERIFY(picture.save(home.filePath(QStringLiteral("photo.png"))));
    QList<QImage> results;
    for (const auto& [name, colour] :
         {std::pair{"white.png", Qt::white}, std::pair{"black.png", Qt::black}}) {
        QImage mask(64, 64, QImage::Format_RGB32);
        mask.fill(colour);
        QVERIFY(mask.save(home.filePath(QString::fromLatin1(name))));
        // Relative names count from the working folder.
        const Outcome outcome =
            m_gesso.run({QStringLiteral("run"), sampleWorkflow(QStringLiteral("inpaint-with-mask")),
                         QStringLiteral("-p"), QStringLiteral("Image=photo.png"), QStringLiteral("-p"),
                         QStringLiteral("Mask=") + QString::fromLatin1(name), QStringLiteral("-p"),
                         QStringLiteral("Steps=3"), QStringLiteral("-p"), QStringLiteral("5.channel=red"),
                         QStringLiteral("--server"), m_url, QStringLiteral("--output"),
                         m_gesso.outputFolder(), QStringLiteral("--json")});
        QVERIFY2(outcome.exitCode == 0, outcome.said());
        results.append(QImage(outcome.savedFiles().value(0)));
        QVERIFY(!results.last().isNull());
        QVERIFY(embeddedInput(outcome.savedFiles().value(0), QStringLiteral("4"), QStringLiteral("image"))
                    .is_string());
    }
    QVERIFY(results.at(0) != results.at(1));
}

void TestRunCommand::batchOfSeeds()
{
    const Outcome outcome =
        m_gesso.run(quick({QStringLiteral("-p"), QStringLiteral("Seed=18446744073709551614"),
                           QStringLiteral("--batch"), QStringLiteral("3")}));
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    QCOMPARE(outcome.events(QStringLiteral("submitted")).size(), 3);
    QCOMPARE(outcome.events(QStringLiteral("done")).size(), 3);
    QCOMPARE(outcome.savedFiles().size(), 3);
    QSet<std::uint64_t> seeds;
    for (const Json& submitted : outcome.events(QStringLiteral("submitted"))) {
        seeds.insert(submitted["seed"].get<std::uint64_t>());
    }
    QCOMPARE(seeds.size(), 3);
    QVERIFY(seeds.contains(UINT64_MAX - 1));
}

void TestRunCommand::previewsOnRequest()
{
    QVERIFY(m_gesso.run(quick()).events(QStringLiteral("preview")).isEmpty());
    const Outcome outcome =
        m_gesso.run(quick({QStringLiteral("--preview"), QStringLiteral("-p"), QStringLiteral("Seed=99")}));
    QVERIFY2(outcome.exitCode == 0, outcome.said());
    const QList<Json> previews = outcome.events(QStringLiteral("preview"));
    QVERIFY(!previews.isEmpty());
    const QByteArray bytes = QByteArray::fromBase64(stringMember(previews.first(), "data").toLatin1());
    QVERIFY(!QImage::fromData(bytes).isNull());
    QVERIFY(stringMember(previews.first(), "mime").startsWith(QLatin1String("image/")));
}

void TestRunCommand::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says"); // in message or hint
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << arguments << QString::fromUtf8(says);
    };
    const QString p = QStringLiteral("-p");
    row("unknown key", {p, QStringLiteral("Colour=red")}, "2.text");
    row("ambiguous key", {p, QStringLiteral("CLIPTextEncode.text=red")}, "3.text");
    row("no equals sign", {p, QStringLiteral("Seed")}, "Key=Value");
    row("not a number", {p, QStringLiteral("Steps=many")}, "1 to 10000");
    row("out of limits", {p, QStringLiteral("Steps=0")}, "too small");
    row("seed too large", {p, QStringLiteral("Seed=18446744073709551616")}, "18446744073709551615");
    row("no such choice", {p, QStringLiteral("Sampler=eulerr")}, "euler");
    row("unknown option", {QStringLiteral("--colour")}, "--colour");
    row("timeout of nothing", {QStringLiteral("--timeout"), QStringLiteral("0")}, "--timeout");
    row("address", {QStringLiteral("--server"), QStringLiteral("http://")}, "address");
    row("empty address", {QStringLiteral("--server"), QString()}, "address"); // an unset variable in a script
}

void TestRunCommand::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const QStringList server = arguments.contains(QStringLiteral("--server"))
        ? QStringList{}
        : QStringList{QStringLiteral("--server"), m_url};
    const Outcome outcome =
        m_gesso.run(QStringList{QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                                QStringLiteral("--json"), QStringLiteral("--output"), m_gesso.outputFolder()}
                    + server + arguments);
    QCOMPARE(outcome.exitCode, 2);
    const Json error = outcome.event(QStringLiteral("error"));
    QCOMPARE(stringMember(error, "kind"), QStringLiteral("usage"));
    QCOMPARE(intMember(error, "exitCode"), 2);
    const QString said = firstLine(error) + u' ' + stringMember(error, "hint");
    QVERIFY2(said.contains(says), qPrintable(said));
    QVERIFY(outcome.events(QStringLiteral("submitted")).isEmpty());
}

void TestRunCommand::unreadableInput_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("absent") << QByteArray();
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("broken JSON") << QByteArray("{\"nodes\": [");
    QTest::newRow("other JSON") << QByteArray("[1, 2]");
    QTest::newRow("picture without workflow") << QByteArray("\x89PNG\r\n\x1a\n");
    QTest::newRow("noise") << QByteArray("\x00\xff\xfe\x01", 4);
}

void TestRunCommand::unreadableInput()
{
    QFETCH(QByteArray, content);
    const QString path = QDir(m_gesso.home()).filePath(QStringLiteral("input.json"));
    QFile::remove(path);
    if (!content.isNull()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const Outcome outcome = m_gesso.run(
        {QStringLiteral("run"), path, QStringLiteral("--server"), m_url, QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 2);
    const Json error = outcome.event(QStringLiteral("error"));
    QCOMPARE(stringMember(error, "kind"), QStringLiteral("unreadable"));
    QVERIFY2(firstLine(error).contains(QLatin1String("input.json")), qPrintable(firstLine(error)));

    const Outcome picture = m_gesso.run(
        {QStringLiteral("run"), sampleWorkflow(QStringLiteral("picture-to-picture")), QStringLiteral("-p"),
         QStringLiteral("Image=nowhere.png"), QStringLiteral("--server"), m_url, QStringLiteral("--json")});
    QCOMPARE(picture.exitCode, 2);
    QCOMPARE(stringMember(picture.event(QStringLiteral("error")), "kind"), QStringLiteral("unreadable"));
}

void TestRunCommand::refusedByTheServer()
{
    QProcess demo;
    const QString url = m_gesso.startDemo(demo, {QStringLiteral("--fault"), QStringLiteral("refuse")});
    const Outcome outcome = m_gesso.run(
        {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")), QStringLiteral("--server"),
         url, QStringLiteral("--json"), QStringLiteral("--output"), m_gesso.outputFolder()});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("refused"));
    const QList<Json> findings = outcome.events(QStringLiteral("finding"));
    QVERIFY(!findings.isEmpty());
    QVERIFY(!stringMember(findings.first(), "node").isEmpty());
    demo.kill();
    demo.waitForFinished();
}

void TestRunCommand::raisedByANode()
{
    QProcess demo;
    const QString url =
        m_gesso.startDemo(demo, {QStringLiteral("--fault"), QStringLiteral("fail=VAEDecode")});
    const Outcome outcome = m_gesso.run(
        {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")), QStringLiteral("--server"),
         url, QStringLiteral("--json"), QStringLiteral("--output"), m_gesso.outputFolder()});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("node-failed"));
    QVERIFY(outcome.savedFiles().isEmpty());
    demo.kill();
    demo.waitForFinished();
}

void TestRunCommand::takesTooLong()
{
    QProcess demo;
    const QString url = m_gesso.startDemo(demo, {QStringLiteral("--step-delay"), QStringLiteral("500")});
    const Outcome outcome =
        m_gesso.run({QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                     QStringLiteral("--server"), url, QStringLiteral("--json"), QStringLiteral("--output"),
                     m_gesso.outputFolder(), QStringLiteral("--timeout"), QStringLiteral("1"),
                     QStringLiteral("-p"), QStringLiteral("Steps=1000")});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("timeout"));
    demo.kill();
    demo.waitForFinished();
}

void TestRunCommand::interrupted()
{
    QProcess demo;
    const QString url = m_gesso.startDemo(demo, {QStringLiteral("--step-delay"), QStringLiteral("200")});
    const QStringList arguments{QStringLiteral("run"),      sampleWorkflow(QStringLiteral("text-to-picture")),
                                QStringLiteral("--server"), url,
                                QStringLiteral("--output"), m_gesso.outputFolder(),
                                QStringLiteral("-p"),       QStringLiteral("Steps=1000")};
    QProcess run;
    m_gesso.start(run, arguments + QStringList{QStringLiteral("--json")});
    QByteArray out;
    while (!out.contains("\"max\"")) { // the sampler is at work
        QVERIFY2(run.waitForReadyRead(30'000), out);
        out += run.readAllStandardOutput();
    }
    ::kill(static_cast<pid_t>(run.processId()), SIGINT);
    QVERIFY(run.waitForFinished(30'000));
    out += run.readAllStandardOutput();
    QCOMPARE(run.exitStatus(), QProcess::NormalExit);
    QCOMPARE(run.exitCode(), 4);
    const Outcome outcome{4, out, {}};
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("cancelled"));
    QCOMPARE(stringMember(outcome.event(QStringLiteral("done")), "state"), QStringLiteral("cancelled"));
    // The server was told: its queue is free, so that the next run gets through long before those 1000 steps.
    const Outcome next =
        m_gesso.run({QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                     QStringLiteral("--server"), url, QStringLiteral("--output"), m_gesso.outputFolder(),
                     QStringLiteral("-p"), QStringLiteral("Steps=1"), QStringLiteral("--json"),
                     QStringLiteral("--timeout"), QStringLiteral("30")});
    QVERIFY2(next.exitCode == 0, next.said());

    // For people it says so.
    QProcess spoken;
    m_gesso.start(spoken, arguments);
    QVERIFY(!spoken.waitForFinished(1000)); // there is no line to wait for without a terminal
    ::kill(static_cast<pid_t>(spoken.processId()), SIGTERM);
    QVERIFY(spoken.waitForFinished(30'000));
    QCOMPARE(spoken.exitCode(), 4);
    QVERIFY(spoken.readAllStandardError().contains("Interrupting the run on the server"));
    demo.kill();
    demo.waitForFinished();
}

void TestRunCommand::secondInterruptEndsAtOnce()
{
    QProcess demo;
    const QString url =
        m_gesso.startDemo(demo, {QStringLiteral("--fault"), QStringLiteral("late-answer=60000")});
    QProcess run;
    m_gesso.start(run,
                  {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")),
                   QStringLiteral("--server"), url, QStringLiteral("--output"), m_gesso.outputFolder(),
                   QStringLiteral("-p"), QStringLiteral("Steps=1000"), QStringLiteral("--json")});
    QByteArray out;
    while (!out.contains("submitted")) {
        QVERIFY2(run.waitForReadyRead(30'000), out);
        out += run.readAllStandardOutput();
    }
    demo.kill(); // nobody is left to confirm anything
    demo.waitForFinished();
    ::kill(static_cast<pid_t>(run.processId()), SIGINT);
    QVERIFY(!run.waitForFinished(500) || run.exitCode() == 4);
    if (run.state() == QProcess::Running) {
        ::kill(static_cast<pid_t>(run.processId()), SIGINT);
        QVERIFY(run.waitForFinished(5000));
    }
    QCOMPARE(run.exitStatus(), QProcess::NormalExit);
    QCOMPARE(run.exitCode(), 4);
}

void TestRunCommand::resultsThatCannotBeSaved()
{
    const QString file = QDir(m_gesso.home()).filePath(QStringLiteral("in-the-way"));
    QFile blocker(file);
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    const Outcome outcome = m_gesso.run(
        {QStringLiteral("run"), sampleWorkflow(QStringLiteral("text-to-picture")), QStringLiteral("--server"),
         m_url, QStringLiteral("--output"), file + QStringLiteral("/out"), QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(stringMember(outcome.event(QStringLiteral("error")), "kind"), QStringLiteral("disk-error"));
    QVERIFY(outcome.events(QStringLiteral("submitted")).isEmpty()); // found out before anything was sent
}

void TestRunCommand::quietWithoutATerminal()
{
    QStringList arguments = quick();
    arguments.removeAll(QStringLiteral("--json"));
    const Outcome outcome = m_gesso.run(arguments);
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.isEmpty(), outcome.err); // no progress bar where nobody looks
    const QString path = QString::fromUtf8(outcome.out).trimmed();
    QVERIFY2(QFile::exists(path), outcome.out); // stdout is the file's path, for scripts
}

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_runcommand.moc"
