// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/discovery.h"
#include "tests/viewmodels/shell/studio.h"

#include <QTcpServer>

using namespace gesso;
using testkit::Studio;

// What happens at the first start, at the next one, and when the window closes.
class TestShellStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv("COMFYUI_SERVER_ADDRESS"); }
    void theFirstStartIsReadyToGenerate();
    void aNamedServerIsUsed();
    void aNamedServerThatIsGoneIsNotReplaced();
    void theNextStartRemembers();
    void aFileGivenComesFirst();
    void aBrokenLastWorkflowGivesASample();
    void damagedSettingsAreTold();
    void resultsBecomeCards();
    void unsavedEditsAreAskedFor();
    void tokensAreNotStored();

private:
    static void ready(Studio& studio);
};

void TestShellStart::ready(Studio& studio)
{
    QTRY_VERIFY_WITH_TIMEOUT(studio.shell->document().isOpen(), 10'000);
    QTRY_VERIFY2_WITH_TIMEOUT(studio.shell->canGenerate(), qPrintable(studio.shell->cannotGenerateReason()),
                              10'000);
}

void TestShellStart::theFirstStartIsReadyToGenerate()
{
    for (const QUrl& usual : usualLocalServers()) {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost, quint16(usual.port()))) {
            QSKIP("something listens on a usual port: it may be a server");
        }
    }
    Studio studio;
    studio.shell->start();
    ready(studio);
    QVERIFY(studio.shell->server().isDemo());
    QCOMPARE(studio.shell->document().title(), QStringLiteral("Text to picture"));
    QCOMPARE(studio.shell->document().path(), QString());
    QTRY_COMPARE(studio.shell->library().rowCount(), 6); // five samples, and the one opened under Recent
    QCOMPARE(studio.shell->notices().rowCount(), 0);
}

void TestShellStart::aNamedServerIsUsed()
{
    Studio studio;
    qputenv("COMFYUI_SERVER_ADDRESS", studio.server.url().toString().toUtf8());
    studio.shell->start();
    ready(studio);
    QCOMPARE(QUrl(studio.shell->server().url()).port(), studio.server.url().port());
    QVERIFY(studio.shell->server().isDemo()); // it says so itself
}

void TestShellStart::aNamedServerThatIsGoneIsNotReplaced()
{
    Studio studio;
    const QByteArray address = studio.server.url().toString().toUtf8();
    studio.server.stop();
    qputenv("COMFYUI_SERVER_ADDRESS", address);
    studio.shell->start();
    QTRY_COMPARE_WITH_TIMEOUT(studio.shell->notices().rowCount(), 1, 20'000);
    QVERIFY(!studio.shell->canGenerate());
    QVERIFY(studio.shell->server().session() != nullptr); // keeps trying
    QVERIFY(studio.shell->notices().at(0).actions.size() == 2);
}

void TestShellStart::theNextStartRemembers()
{
    Studio studio;
    qputenv("COMFYUI_SERVER_ADDRESS", studio.server.url().toString().toUtf8());
    const QString mine = studio.home.filePath(QStringLiteral("Mühle 風車.json"));
    QVERIFY(QFile::copy(Studio::sample(QStringLiteral("soft-glow")), mine));
    studio.shell->start();
    ready(studio);
    studio.open(mine);
    studio.shell->setSeedRule(SeedRule::Increment);
    studio.shell->setOutputFolder(studio.home.path());
    studio.shell->library().addFolder(studio.home.path());
    studio.openShell();
    QCOMPARE(studio.shell->seedRule(), SeedRule::Increment);
    QCOMPARE(studio.shell->outputFolder(), studio.home.path());
    QCOMPARE(studio.shell->library().folders(), QStringList{studio.home.path()});
    QCOMPARE(studio.shell->library().recent().value(0), mine);
    QCOMPARE(studio.shell->server().recent().size(), qsizetype(1));
    studio.shell->start();
    ready(studio);
    QCOMPARE(studio.shell->document().path(), mine);
}

void TestShellStart::aFileGivenComesFirst()
{
    Studio studio;
    qputenv("COMFYUI_SERVER_ADDRESS", studio.server.url().toString().toUtf8());
    studio.shell->start(Studio::sample(QStringLiteral("soft-glow")));
    ready(studio);
    QCOMPARE(studio.shell->document().title(), QStringLiteral("Soft glow"));
}

void TestShellStart::aBrokenLastWorkflowGivesASample()
{
    Studio studio;
    qputenv("COMFYUI_SERVER_ADDRESS", studio.server.url().toString().toUtf8());
    const QString mine = studio.home.filePath(QStringLiteral("mine.json"));
    QVERIFY(QFile::copy(Studio::sample(QStringLiteral("soft-glow")), mine));
    studio.shell->start(mine);
    ready(studio);
    QFile file(mine);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"nodes\": ");
    file.close();
    studio.openShell();
    studio.shell->start();
    ready(studio);
    QCOMPARE(studio.shell->document().title(), QStringLiteral("Text to picture"));
    QVERIFY(studio.notice(QStringLiteral("mine.json")) >= 0); // and it says why
}

void TestShellStart::damagedSettingsAreTold()
{
    Studio studio;
    studio.shell.reset();
    QFile file(studio.home.filePath(QStringLiteral("settings.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[form]\nseedRule=fixed\n[libr");
    file.close();
    studio.openShell();
    QVERIFY2(studio.notice(QStringLiteral("damaged in line 3")) >= 0, qPrintable(studio.noticeTexts()));
    QCOMPARE(studio.shell->seedRule(), SeedRule::Fixed);
}

void TestShellStart::resultsBecomeCards()
{
    Studio studio;
    studio.connectToDemo();
    const QString mine = studio.home.filePath(QStringLiteral("mine.json"));
    QVERIFY(QFile::copy(Studio::sample(QStringLiteral("text-to-picture")), mine));
    studio.open(mine);
    QTRY_COMPARE(studio.shell->library().rowCount(), 1);
    studio.shell->generate();
    const QModelIndex card = studio.shell->library().index(0);
    QTRY_VERIFY(!card.data(LibraryModel::ThumbnailRole).value<QImage>().isNull());
}

void TestShellStart::unsavedEditsAreAskedFor()
{
    Studio studio;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    bool closed = false;
    studio.shell->requestClose([&] { closed = true; });
    QVERIFY(closed); // nothing was changed, nothing is asked

    closed = false;
    studio.set(FieldRole::PositivePrompt, "precious");
    studio.prompts.saveChoice = UserPrompts::SaveChoice::Cancel;
    studio.shell->requestClose([&] { closed = true; });
    QVERIFY(!closed);
    studio.shell->openWorkflow(Studio::sample(QStringLiteral("soft-glow")));
    QVERIFY(!studio.shell->document().isOpening());
    QCOMPARE(studio.prompts.asked.size(), qsizetype(2));
    studio.prompts.saveChoice = UserPrompts::SaveChoice::Discard;
    studio.shell->requestClose([&] { closed = true; });
    QVERIFY(closed);
}

void TestShellStart::tokensAreNotStored()
{
    Studio studio;
    ServerProfile profile;
    profile.url = studio.server.url();
    profile.bearerToken = QStringLiteral("tok-secret-123");
    studio.shell->server().connectTo(profile);
    QTRY_VERIFY(studio.shell->server().session() != nullptr);
    QCOMPARE(studio.shell->server().recent().value(0).bearerToken, profile.bearerToken); // this session only
    studio.openShell();
    QVERIFY(!testkit::readAll(studio.home.filePath(QStringLiteral("settings.ini"))).contains("tok-secret"));
    QCOMPARE(studio.shell->server().recent().value(0).bearerToken, QString());
}

QTEST_GUILESS_MAIN(TestShellStart)
#include "tst_shellstart.moc"
