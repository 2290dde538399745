// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/viewmodels/shell/studio.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QTimer>

using namespace gesso;
using testkit::Studio;

namespace {

// A chain of pictures, each the one before softened; with `steps` of 10,000 the graph of a studio's pipeline.
QByteArray chain(int steps, int radius)
{
    Json nodes = Json::array();
    Json links = Json::array();
    const auto addNode = [&](int id, const char* type, const Json& inputs, const Json& values) {
        nodes.push_back(Json::object({{"id", id},
                                      {"type", type},
                                      {"mode", 0},
                                      {"inputs", inputs},
                                      {"outputs", Json::array()},
                                      {"properties", Json::object()},
                                      {"widgets_values", values}}));
    };
    const auto linked = [&](int target, const char* name) {
        links.push_back(Json::array({target, target - 1, 0, target, 0, "IMAGE"}));
        return Json::array({Json::object({{"name", name}, {"type", "IMAGE"}, {"link", target}})});
    };
    addNode(1, "EmptyImage", Json::array(), Json::array({64, 64, 1, 255}));
    for (int id = 2; id < steps; ++id) {
        addNode(id, "ImageBlur", linked(id, "image"), Json::array({radius, 1.0}));
    }
    addNode(steps, "SaveImage", linked(steps, "images"), Json::array({"chain"}));
    return writeJson(Json::object({{"nodes", nodes}, {"links", links}, {"version", 0.4}}));
}

QString written(const Studio& studio, const QByteArray& json)
{
    const QString path = studio.home.filePath(QStringLiteral("chain.json"));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(json) == json.size() ? path : QString();
}

} // namespace

// Checking and converting at Generate, off the GUI thread.
class TestGenerateFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theEventLoopTurnsMeanwhile();
    void pressesAreDoneInTheirOrder();
    void valuesAreThoseOfThePress();
    void preparingCanBeCancelled();
    void anotherWorkflowEndsPreparing();
    void whatWasEditedMeanwhileIsNotMarked();
    void whatTheServerMayTakeCanBeSentAllTheSame();
    void aMissingNodeCannotBeSent();
};

void TestGenerateFlow::initTestCase()
{
    qunsetenv("COMFYUI_SERVER_ADDRESS");
}

void TestGenerateFlow::theEventLoopTurnsMeanwhile()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(written(studio, chain(10'000, 999))); // no radius is that large: nothing is sent
    QSignalSpy preparing(&shell, &ShellViewModel::preparingChanged);
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { turns += shell.isPreparing() ? 1 : 0; });
    timer.start(0);
    shell.generate();
    QVERIFY(shell.isPreparing());
    QCOMPARE(shell.notices().rowCount(), 0); // nothing is known yet: it is not done in this call
    QTRY_VERIFY_WITH_TIMEOUT(!shell.isPreparing(), 60'000);
    QVERIFY2(turns > 20, qPrintable(QString::number(turns)));
    QCOMPARE(preparing.size(), 2);
    QVERIFY2(studio.notice(QStringLiteral("Nothing was sent")) >= 0, qPrintable(studio.noticeTexts()));
    QCOMPARE(shell.document().findings().size(), qsizetype(9'998));
    QVERIFY(!shell.server().session()->runs().hasActiveRuns());
}

void TestGenerateFlow::pressesAreDoneInTheirOrder()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    shell.setSeedRule(SeedRule::Increment);
    studio.set(FieldRole::Seed, 10);
    shell.generate();
    shell.generate(2);
    shell.generate();
    QVERIFY(shell.isPreparing());
    QTRY_COMPARE(shell.runs().rowCount(), 4);
    for (int row = 0; row < 4; ++row) { // the newest first
        QCOMPARE(shell.runs().requestOf(shell.runs().idAt(row))->seed, Seed{quint64(13 - row)});
    }
    QTRY_VERIFY(!shell.isPreparing());
    QTRY_COMPARE_WITH_TIMEOUT(shell.runs().activeCount(), 0, 20'000);
}

void TestGenerateFlow::valuesAreThoseOfThePress()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    const WidgetRef prompt = shell.document().field(studio.field(FieldRole::PositivePrompt)).ref;
    studio.set(FieldRole::PositivePrompt, "before");
    shell.generate();
    studio.set(FieldRole::PositivePrompt, "after"); // typed on while the press is being worked on
    QTRY_COMPARE(shell.runs().rowCount(), 1);
    const RunRequest* request = shell.runs().requestOf(shell.runs().idAt(0));
    QCOMPARE(*request->prompt.node(prompt.node)->input(prompt.input), Json("before"));
    QVERIFY(writeJson(request->workflow).contains("before"));
    QTRY_COMPARE_WITH_TIMEOUT(shell.runs().activeCount(), 0, 20'000);
}

void TestGenerateFlow::preparingCanBeCancelled()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    const quint64 seed = studio.seedShown();
    QSignalSpy preparing(&shell, &ShellViewModel::preparingChanged);
    shell.generate(3);
    shell.generate();
    shell.cancelCurrent();
    QVERIFY(!shell.isPreparing());
    QCOMPARE(preparing.size(), 2);
    shell.generate(); // the answer to the cancelled ones comes before this one's, and is dropped
    QTRY_COMPARE(shell.runs().rowCount(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(shell.runs().activeCount(), 0, 20'000);
    QCOMPARE(shell.runs().rowCount(), 1);
    QCOMPARE(shell.runs().requestOf(shell.runs().idAt(0))->seed, Seed{seed}); // none was used up
}

void TestGenerateFlow::anotherWorkflowEndsPreparing()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    shell.generate();
    shell.document().close();
    QVERIFY(!shell.isPreparing());
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    QCOMPARE(shell.runs().rowCount(), 0);
}

void TestGenerateFlow::whatWasEditedMeanwhileIsNotMarked()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    studio.set(FieldRole::Steps, 0);
    shell.generate();
    studio.set(FieldRole::Steps, 5);
    QTRY_VERIFY(!shell.isPreparing());
    QVERIFY(!shell.document().finding(studio.field(FieldRole::Steps)));
    QCOMPARE(shell.runs().rowCount(), 0);
    QVERIFY(studio.notice(QStringLiteral("Nothing was sent")) >= 0);
}

void TestGenerateFlow::whatTheServerMayTakeCanBeSentAllTheSame()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    studio.set(FieldRole::Steps, 0);
    shell.generate();
    QTRY_COMPARE(shell.notices().rowCount(), 1);
    QCOMPARE(shell.notices().at(0).actions.size(), 1);
    shell.notices().trigger(shell.notices().at(0).id, 0);
    QTRY_COMPARE(shell.runs().rowCount(), 1);
    QTRY_COMPARE(studio.phase(), RunPhase::Refused); // this server minds it, and says so itself
    QTRY_VERIFY(studio.notice(QStringLiteral("The server refused it")) >= 0);
}

void TestGenerateFlow::aMissingNodeCannotBeSent()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(written(studio, chain(4, 1).replace("\"ImageBlur\"", "\"Soften <b>\"")));
    shell.generate();
    QTRY_COMPARE(shell.notices().rowCount(), 1);
    const Notice& notice = shell.notices().at(0);
    QVERIFY2(notice.text.contains(QStringLiteral("Soften <b>")), qPrintable(notice.text));
    QVERIFY2(notice.text.contains(QStringLiteral("(node 2)")), qPrintable(notice.text)); // both places
    QVERIFY2(notice.text.contains(QStringLiteral("(node 3)")), qPrintable(notice.text));
    QVERIFY(notice.actions.isEmpty());
    QCOMPARE(shell.runs().rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestGenerateFlow)
#include "tst_generateflow.moc"
