// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/shellviewmodel.h"

#include "core/workflow/reader.h"
#include "tests/viewmodels/shell/studio.h"

#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QUndoStack>

using namespace gesso;
using testkit::Studio;

// The shell's flows from end to end, on the demo server.
class TestShellViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void generatesAPicture();
    void theSeedShownIsTheOneUsed();
    void severalRunsKeepApart();
    void aWrongValueIsMarkedAndNothingIsSent();
    void whatTheServerRefusesIsMarkedToo();
    void aRefusalWithoutAFieldIsTold();
    void cancels();
    void aGoneOutputFolderCanBeMended();
    void anotherOutputFolderCanBeChosen();
    void aFailedNodeIsTold();
    void aFailureAndWhatCannotBeSavedAreBothTold();
    void uploadsAPictureFromThisMachine();
    void aPictureThatIsGoneIsMarked();
    void aResultBecomesTheInput();
    void theSameSeedGivesTheSamePicture();
    void cannotGenerateWithoutServerOrWorkflow();
    void revealsTheFolder();

private:
    static void generateAndWait(Studio& studio, int count = 1);
};

void TestShellViewModel::initTestCase()
{
    qunsetenv("COMFYUI_SERVER_ADDRESS");
}

void TestShellViewModel::generateAndWait(Studio& studio, int count)
{
    const int before = studio.shell->runs().rowCount();
    studio.shell->generate(count);
    QTRY_COMPARE(studio.shell->runs().rowCount(), before + count);
    QTRY_COMPARE_WITH_TIMEOUT(studio.shell->runs().activeCount(), 0, 20'000);
}

void TestShellViewModel::generatesAPicture()
{
    Studio studio(30);
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    studio.set(FieldRole::PositivePrompt, toJson(QStringLiteral("Mühle, 風車, \U0001F3A8")));
    studio.set(FieldRole::Steps, 12);
    generateAndWait(studio);

    QVERIFY2(studio.phase() == RunPhase::Done, qPrintable(studio.noticeTexts()));
    QVERIFY(shell.stage().framesShown() >= 2);
    QCOMPARE(shell.results().rowCount(), 1);
    const QString path = shell.results().at(0).path;
    QCOMPARE(QFileInfo(path).absolutePath(), shell.outputFolder());
    QTRY_COMPARE(shell.stage().showing(), StageViewModel::Showing::Result);
    QCOMPARE(shell.stage().imagePath(), path);
    QCOMPARE(shell.stage().image().size(), QSize(64, 64));
    QTRY_VERIFY(!shell.results().at(0).thumbnail.isNull());
    QVERIFY(!shell.runs().index(0).data(RunListModel::ThumbnailRole).value<QImage>().isNull());

    const RunRequest* request = shell.runs().requestOf(shell.runs().idAt(0));
    const EmbeddedTexts texts = readEmbeddedTexts(testkit::readAll(path)).value();
    Json embedded;
    for (const auto& [key, text, place] : texts.texts) {
        if (key == u"prompt") {
            embedded = parseJson(text).value();
        }
    }
    QCOMPARE(embedded, toJson(request->prompt));
    QCOMPARE(shell.notices().rowCount(), 0);
}

void TestShellViewModel::theSeedShownIsTheOneUsed()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    shell.setSeedRule(SeedRule::Increment);
    studio.set(FieldRole::Seed, UINT64_MAX - 1);
    QCOMPARE(shell.nextSeedText(), QString()); // typed: it will be used as it is
    generateAndWait(studio);
    QTRY_COMPARE(shell.stage().showing(), StageViewModel::Showing::Result);
    QCOMPARE(studio.seedShown(), UINT64_MAX - 1);
    QVERIFY(shell.seedIsOfShownPicture());
    QVERIFY(shell.nextSeedText().contains(QLatin1String("18446744073709551615")));
    QVERIFY(shell.stage().caption().contains(QLatin1String("18446744073709551614")));

    generateAndWait(studio);
    QCOMPARE(shell.runs().requestOf(shell.runs().idAt(0))->seed, Seed{UINT64_MAX});
    QCOMPARE(studio.seedShown(), UINT64_MAX);
    QVERIFY(!shell.document().isModified() || shell.document().undoStack()->count() > 0);

    studio.set(FieldRole::Seed, 5);
    QVERIFY(!shell.seedIsOfShownPicture());
    generateAndWait(studio);
    QCOMPARE(shell.runs().requestOf(shell.runs().idAt(0))->seed, Seed{5});

    shell.setSeedRule(SeedRule::Fixed);
    QCOMPARE(shell.nextSeedText(), QString());
    generateAndWait(studio);
    QCOMPARE(shell.runs().requestOf(shell.runs().idAt(0))->seed, Seed{5});
}

void TestShellViewModel::severalRunsKeepApart()
{
    Studio studio(10);
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    shell.setSeedRule(SeedRule::Increment);
    studio.set(FieldRole::Seed, 100);

    QList<std::pair<PromptId, quint64>> shown; // whose preview, and the seed in the form at that moment
    connect(&shell.stage(), &StageViewModel::imageChanged, this, [&] {
        if (shell.stage().showing() == StageViewModel::Showing::Preview) {
            shown.append({shell.stage().followed(), studio.seedShown()});
        }
    });
    generateAndWait(studio, 3);
    QCOMPARE(shell.results().rowCount(), 3);
    QSet<QString> files;
    for (int row = 0; row < 3; ++row) {
        files.insert(shell.results().at(row).path);
        const RunRequest* request = shell.runs().requestOf(shell.runs().idAt(row));
        QCOMPARE(request->seed, Seed{quint64(102 - row)});
    }
    QCOMPARE(files.size(), 3);
    QVERIFY(!shown.isEmpty());
    for (const auto& [run, seed] : std::as_const(shown)) {
        QCOMPARE(shell.runs().requestOf(run)->seed, Seed{seed});
    }
    QTRY_COMPARE(studio.seedShown(), quint64(102));
}

void TestShellViewModel::aWrongValueIsMarkedAndNothingIsSent()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    const quint64 seed = studio.seedShown();
    QSignalSpy revealed(&shell.document(), &WorkflowDocument::revealField);
    const qsizetype steps = studio.field(FieldRole::Steps);
    studio.set(FieldRole::Steps, 0);
    shell.generate();
    QTRY_COMPARE(revealed.size(), 1);
    QCOMPARE(revealed.at(0).at(0).toLongLong(), qlonglong(steps));
    const auto finding = shell.document().finding(steps);
    QVERIFY(finding && finding->fix);
    QCOMPARE(finding->severity, Severity::Error);
    QCOMPARE(shell.notices().rowCount(), 1);
    QVERIFY(shell.notices().at(0).text.contains(shell.document().field(steps).label));
    QVERIFY(!shell.server().session()->runs().hasActiveRuns());
    QCOMPARE(studio.seedShown(), seed);

    shell.document().applyFix(steps);
    QVERIFY(!shell.document().finding(steps));
    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Done);
    QCOMPARE(shell.notices().rowCount(), 0);
}

void TestShellViewModel::whatTheServerRefusesIsMarkedToo()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    const QString onServer = studio.server.folder() + QStringLiteral("/input/cliff.png");
    QVERIFY(QImage(32, 32, QImage::Format_RGB32).save(onServer));
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("picture-to-picture")));
    studio.set(FieldRole::Image, "cliff.png");
    QVERIFY(QFile::remove(onServer)); // behind the catalogue's back
    QSignalSpy revealed(&shell.document(), &WorkflowDocument::revealField);
    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Refused);
    const qsizetype image = studio.field(FieldRole::Image);
    QVERIFY2(shell.document().finding(image), qPrintable(studio.noticeTexts()));
    QCOMPARE(shell.document().firstFieldWithError(), image);
    QCOMPARE(revealed.size(), 1);
    QCOMPARE(revealed.at(0).at(0).toLongLong(), qlonglong(image));
    QCOMPARE(shell.notices().rowCount(), 1);
    QVERIFY(shell.notices().at(0).text.contains(shell.document().field(image).label));
    QCOMPARE(shell.results().rowCount(), 0);

    QVERIFY(QImage(32, 32, QImage::Format_RGB32).save(onServer));
    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Done);
    QCOMPARE(shell.document().firstFieldWithError(), qsizetype(-1));
    QCOMPARE(shell.notices().rowCount(), 0);
}

void TestShellViewModel::aRefusalWithoutAFieldIsTold()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    demo::Faults faults;
    faults.refusePrompts = true; // charged to the save node's link
    studio.server.setFaults(faults);
    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Refused);
    QCOMPARE(shell.notices().rowCount(), 1);
    QVERIFY(shell.notices().at(0).text.contains(QLatin1String("Refused on purpose")));
    QCOMPARE(shell.runs().index(0).data(RunListModel::ToneRole).toString(), QStringLiteral("bad"));
}

void TestShellViewModel::cancels()
{
    Studio studio(50);
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    studio.set(FieldRole::Steps, 200);
    shell.generate(3);
    QTRY_VERIFY(shell.stage().progress() > 0);
    shell.cancelCurrent();
    QTRY_COMPARE(studio.phase(2), RunPhase::Cancelled);
    QTRY_COMPARE(studio.phase(1), RunPhase::Running); // the next one is at work, and followed
    QTRY_COMPARE(shell.stage().followed(), shell.runs().idAt(1));
    shell.cancelAll();
    QTRY_COMPARE(shell.runs().activeCount(), 0);
    QCOMPARE(studio.phase(0), RunPhase::Cancelled);
    QCOMPARE(studio.phase(1), RunPhase::Cancelled);
    QCOMPARE(shell.results().rowCount(), 0);
    QCOMPARE(shell.notices().rowCount(), 0); // asked for, so nothing to tell
}

void TestShellViewModel::aGoneOutputFolderCanBeMended()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    const QString folder = studio.home.filePath(QStringLiteral("drive"));
    shell.setOutputFolder(folder);
    generateAndWait(studio);
    QCOMPARE(shell.results().rowCount(), 1); // made when first used
    QVERIFY(QDir(folder).removeRecursively()); // and unplugged
    generateAndWait(studio);
    QCOMPARE(shell.results().rowCount(), 1);
    QCOMPARE(shell.notices().rowCount(), 1);
    QCOMPARE(shell.notices().at(0).tone, NoticeTone::Bad);
    QVERIFY(shell.notices().at(0).actions.size() >= 2);
    QVERIFY(!QFileInfo::exists(folder));

    QVERIFY(QDir().mkpath(folder)); // plugged in again
    shell.notices().trigger(shell.notices().at(0).id, 0);
    QTRY_COMPARE(shell.results().rowCount(), 2);
    QCOMPARE(QFileInfo(shell.results().at(0).path).absolutePath(), folder);
    QVERIFY(QFileInfo::exists(shell.results().at(0).path));
    QTRY_COMPARE(studio.phase(), RunPhase::Done);
    QCOMPARE(shell.notices().rowCount(), 0);
}

void TestShellViewModel::anotherOutputFolderCanBeChosen()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    QFile inTheWay(studio.home.filePath(QStringLiteral("a-file")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    shell.setOutputFolder(inTheWay.fileName() + QStringLiteral("/folder"));
    generateAndWait(studio);
    QCOMPARE(shell.results().rowCount(), 0);
    QCOMPARE(shell.notices().rowCount(), 1);
    QSignalSpy changed(&shell, &ShellViewModel::outputFolderChanged);
    studio.prompts.folder = studio.home.path();
    shell.notices().trigger(shell.notices().at(0).id, 1);
    QTRY_COMPARE(shell.results().rowCount(), 1);
    QCOMPARE(QFileInfo(shell.results().at(0).path).absolutePath(), studio.home.path());
    QCOMPARE(shell.outputFolder(), studio.home.path());
    QCOMPARE(changed.size(), 1);
}

void TestShellViewModel::aFailedNodeIsTold()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    demo::Faults faults;
    faults.failNode = QStringLiteral("KSampler");
    studio.server.setFaults(faults);
    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Failed);
    QCOMPARE(shell.notices().rowCount(), 1);
    QCOMPARE(shell.notices().at(0).tone, NoticeTone::Bad);
    QVERIFY(!shell.runs().index(0).data(RunListModel::MessageRole).toString().isEmpty());
    studio.server.setFaults({});
    shell.notices().trigger(shell.notices().at(0).id, 0); // try again
    QTRY_COMPARE(shell.runs().rowCount(), 2);
    QTRY_COMPARE(studio.phase(0), RunPhase::Done);
}

// One branch has made its picture when the other fails, and then the folder is gone.
void TestShellViewModel::aFailureAndWhatCannotBeSavedAreBothTold()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    const QString path = studio.home.filePath(QStringLiteral("two.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"1":{"class_type":"EmptyImage","inputs":{"width":64,"height":64,"batch_size":1,"color":7}},)"
        R"("2":{"class_type":"SaveImage","inputs":{"images":["1",0],"filename_prefix":"good"}},)"
        R"("8":{"class_type":"ImageInvert","inputs":{"image":["1",0]}},)"
        R"("9":{"class_type":"SaveImage","inputs":{"images":["8",0],"filename_prefix":"bad"}}})");
    file.close();
    studio.open(path);
    demo::Faults faults;
    faults.failNode = QStringLiteral("ImageInvert");
    studio.server.setFaults(faults);
    const QString folder = studio.home.filePath(QStringLiteral("drive"));
    shell.setOutputFolder(folder);
    generateAndWait(studio);
    QCOMPARE(shell.results().rowCount(), 1);
    QCOMPARE(shell.notices().rowCount(), 1);
    shell.notices().dismiss(shell.notices().at(0).id);
    QTRY_COMPARE(shell.stage().showing(), StageViewModel::Showing::Result); // it has been read
    QVERIFY(QDir(folder).removeRecursively());

    generateAndWait(studio);
    QCOMPARE(studio.phase(), RunPhase::Failed);
    QVERIFY2(shell.notices().rowCount() == 2, qPrintable(studio.noticeTexts()));
    QVERIFY2(studio.notice(QStringLiteral("ImageInvert failed")) >= 0, qPrintable(studio.noticeTexts()));
    const int unsaved = studio.notice(QStringLiteral("still on the server"));
    QVERIFY2(unsaved >= 0, qPrintable(studio.noticeTexts()));

    QVERIFY(QDir().mkpath(folder));
    shell.notices().trigger(shell.notices().at(unsaved).id, 0);
    QTRY_COMPARE(shell.results().rowCount(), 2);
    QTRY_COMPARE(studio.phase(), RunPhase::Failed);
    QCOMPARE(shell.notices().rowCount(), 1);
    QVERIFY(studio.notice(QStringLiteral("ImageInvert failed")) >= 0);
}

void TestShellViewModel::uploadsAPictureFromThisMachine()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("picture-to-picture")));
    QImage picture(48, 48, QImage::Format_RGB32);
    picture.fill(Qt::darkGreen);
    const QString path = studio.home.filePath(QStringLiteral("Klippe ü.png"));
    QVERIFY(picture.save(path));
    const qsizetype image = studio.field(FieldRole::Image);
    QVERIFY(image >= 0);
    QSignalSpy revealed(&shell.document(), &WorkflowDocument::revealField);
    shell.useAsInput(path);
    QCOMPARE(revealed.size(), 1);
    QCOMPARE(shell.document().localFile(image), path);
    generateAndWait(studio);
    QVERIFY2(studio.phase() == RunPhase::Done, qPrintable(studio.noticeTexts()));
    QCOMPARE(shell.results().rowCount(), 1);
}

void TestShellViewModel::aPictureThatIsGoneIsMarked()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("picture-to-picture")));
    shell.useAsInput(studio.home.filePath(QStringLiteral("gone.png")));
    shell.generate();
    const qsizetype image = studio.field(FieldRole::Image);
    QTRY_VERIFY(shell.document().finding(image));
    QCOMPARE(shell.document().finding(image)->code, QStringLiteral("file-missing"));
    QVERIFY(!shell.server().session()->runs().hasActiveRuns());
}

void TestShellViewModel::aResultBecomesTheInput()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    generateAndWait(studio);
    const QString result = shell.results().at(0).path;
    shell.useAsInput(result); // this workflow takes none
    QVERIFY(shell.notices().rowCount() == 1);
    studio.open(Studio::sample(QStringLiteral("picture-to-picture")));
    shell.useAsInput(result);
    generateAndWait(studio);
    QVERIFY2(studio.phase() == RunPhase::Done, qPrintable(studio.noticeTexts()));
}

void TestShellViewModel::theSameSeedGivesTheSamePicture()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("text-to-picture")));
    shell.setSeedRule(SeedRule::Fixed);
    generateAndWait(studio, 2);
    const auto pixels = [&](int row) { return QImage(shell.results().at(row).path); };
    QCOMPARE(pixels(0), pixels(1));
    studio.set(FieldRole::Seed, 3);
    generateAndWait(studio);
    QVERIFY(pixels(0) != pixels(1));
}

void TestShellViewModel::cannotGenerateWithoutServerOrWorkflow()
{
    Studio studio;
    ShellViewModel& shell = *studio.shell;
    QVERIFY(!shell.canGenerate());
    QVERIFY(!shell.cannotGenerateReason().isEmpty());
    shell.generate();
    QCOMPARE(shell.runs().rowCount(), 0);
    QVERIFY(shell.notices().rowCount() == 1);
    QSignalSpy changed(&shell, &ShellViewModel::canGenerateChanged);
    studio.connectToDemo();
    studio.open(Studio::sample(QStringLiteral("soft-glow")));
    QVERIFY(!changed.isEmpty());
    studio.server.stop();
    QTRY_VERIFY(!shell.canGenerate());
}

void TestShellViewModel::revealsTheFolder()
{
    Studio studio;
    studio.shell->revealResult(studio.home.filePath(QStringLiteral("pictures/a.png")));
    QCOMPARE(studio.prompts.openedExternally,
             QList<QUrl>{QUrl::fromLocalFile(studio.home.filePath(QStringLiteral("pictures")))});
}

QTEST_GUILESS_MAIN(TestShellViewModel)
#include "tst_shellviewmodel.moc"
