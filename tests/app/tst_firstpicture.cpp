// SPDX-License-Identifier: GPL-3.0-or-later
// The main road, as an artist walks it: an empty home, no server; the window, driven by keyboard and mouse.
#include "core/comfy/comfyapi.h"
#include "core/workflow/reader.h"
#include "tests/app/guifixture.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/library/libraryview.h"
#include "views/runs/filmstripview.h"
#include "views/shell/mainwindow.h"
#include "views/stage/stagecanvas.h"
#include "views/stage/stageview.h"

#include <QCoroTask>

#include <QApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSet>
#include <QTest>

using namespace gesso;

namespace {

constexpr int patienceMs = 60000;

QByteArray hashOf(const QImage& image)
{
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(QByteArrayView(plain.constBits(), plain.sizeInBytes()));
    return hash.result();
}

} // namespace

class TestFirstPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void twoStepsToAPicture();
    void openedByDoubleClickOnACard();
    void everySampleMakesAPicture_data();
    void everySampleMakesAPicture();
    void twoRunsKeepTheirFramesApart();
    void droppedResultOpensItsWorkflowAndRunsNothing();

private:
    ShellViewModel& shell() { return m_gui->shell(); }
    MainWindow& window() { return m_gui->window(); }
    Json embeddedPrompt(const QString& path);
    Json promptOnServer(const PromptId& run); // what it says it was sent

    std::unique_ptr<testkit::GuiFixture> m_gui;
};

void TestFirstPicture::init()
{
    m_gui = std::make_unique<testkit::GuiFixture>(*qApp, 15);
    m_gui->start();
}

void TestFirstPicture::cleanup()
{
    m_gui.reset();
}

Json TestFirstPicture::embeddedPrompt(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<EmbeddedTexts> texts = readEmbeddedTexts(file.readAll());
    if (!texts)
        return {};
    for (const auto& [key, text, place] : texts->texts) {
        if (key == QLatin1String("prompt"))
            return parseJson(text).value_or(Json());
    }
    return {};
}

Json TestFirstPicture::promptOnServer(const PromptId& run)
{
    const auto entry = QCoro::waitFor(shell().server().session()->api().history(run));
    return entry && *entry && (*entry)->prompt ? toJson(*(*entry)->prompt) : Json();
}

void TestFirstPicture::twoStepsToAPicture()
{
    QVERIFY(shell().server().isDemo());
    QVERIFY(shell().server().name().contains(QLatin1String("demo"), Qt::CaseInsensitive));
    QVERIFY2(shell().document().isOpen(), "a sample is open without anybody's doing");
    QVERIFY(QDir(m_gui->outputFolder()).isEmpty());

    // What the person sees on the stage while it forms.
    QSet<QByteArray> seen;
    StageCanvas& canvas = window().stage().canvas();
    connect(&shell().stage(), &StageViewModel::imageChanged, &canvas, [&] {
        if (shell().stage().showing() == StageViewModel::Showing::Preview)
            QTimer::singleShot(30, &canvas, [&] { seen.insert(hashOf(canvas.grab().toImage())); });
    });
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().activeCount(), 1);
    QTRY_VERIFY(shell().stage().isRunning());
    auto* cancel = window().findChild<QPushButton*>(QStringLiteral("cancelRun"));
    QTRY_VERIFY(cancel->isVisible());
    m_gui->waitForRuns();
    QVERIFY2(seen.size() >= 2, qPrintable(QString::number(seen.size())));
    QVERIFY(shell().stage().framesShown() >= 2);

    QTRY_COMPARE(shell().results().rowCount(), 1);
    const ResultModel::Entry entry = shell().results().at(0);
    QVERIFY(QFileInfo(entry.path).absoluteFilePath().startsWith(m_gui->outputFolder()));
    QVERIFY(QFileInfo(entry.path).size() > 0);
    QCOMPARE(window().filmstrip().list().model()->rowCount(), 1);
    QTRY_COMPARE(shell().stage().imagePath(), entry.path);
    QTRY_COMPARE(window().filmstrip().list().currentIndex().row(), 0);
    const QImage saved(entry.path);
    QCOMPARE(shell().stage().image().size(), saved.size());

    const RunRequest* sent = shell().server().session()->runs().request(entry.run);
    QVERIFY(sent);
    QCOMPARE(embeddedPrompt(entry.path), toJson(sent->prompt));
    QCOMPARE(embeddedPrompt(entry.path), promptOnServer(entry.run));
}

void TestFirstPicture::openedByDoubleClickOnACard()
{
    QListView& list = window().library().list();
    QTRY_VERIFY(list.model()->rowCount() >= 5);
    QModelIndex card;
    for (int row = 0; row < list.model()->rowCount(); ++row) {
        const QModelIndex index = list.model()->index(row, 0);
        if (index.data(LibraryModel::PathRole).toString().endsWith(QLatin1String("soft-glow.json")))
            card = index;
    }
    QVERIFY(card.isValid());
    list.scrollTo(card);
    const QPoint point = list.visualRect(card).center();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, point);
    QTest::mouseDClick(list.viewport(), Qt::LeftButton, {}, point);
    QTRY_VERIFY(shell().document().sourcePath().endsWith(QLatin1String("soft-glow.json")));
}

void TestFirstPicture::everySampleMakesAPicture_data()
{
    QTest::addColumn<QString>("sample");
    for (const char* name :
         {"text-to-picture", "picture-to-picture", "inpaint-with-mask", "upscale-and-finish", "soft-glow"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestFirstPicture::everySampleMakesAPicture()
{
    QFETCH(const QString, sample);
    m_gui->openSample(sample);
    // A picture of the person's own, where the workflow takes one.
    QImage own(320, 256, QImage::Format_ARGB32);
    own.fill(QColor(80, 120, 200));
    for (int y = 80; y < 180; ++y) {
        for (int x = 100; x < 220; ++x)
            own.setPixelColor(x, y, QColor(80, 120, 200, 0)); // the part to paint anew
    }
    const QString path = m_gui->folder() + QLatin1String("/own picture ä.png");
    QVERIFY(own.save(path));
    WorkflowDocument& document = shell().document();
    for (qsizetype i = 0; i < document.fieldCount(); ++i) {
        if (document.field(i).kind == FieldKind::Image && !document.field(i).linked)
            document.setLocalFile(i, path);
    }
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().rowCount(), 1);
    m_gui->waitForRuns();
    const QModelIndex run = shell().runs().index(0);
    QVERIFY2(run.data(RunListModel::PhaseRole).toInt() == int(RunPhase::Done),
             qPrintable(run.data(RunListModel::MessageRole).toString()));
    QTRY_VERIFY(shell().results().rowCount() >= 1);
    const ResultModel::Entry entry = shell().results().at(0);
    QVERIFY(!QImage(entry.path).isNull());
    const RunRequest* sent = shell().server().session()->runs().request(entry.run);
    QVERIFY(sent);
    Prompt expected = sent->prompt;
    for (const RunUpload& upload : sent->uploads) {
        // The server chose the name of what was uploaded.
        const Json* value = expected.node(upload.node)->input(upload.input);
        *expected.node(upload.node)->input(upload.input) = embeddedPrompt(
            entry.path)[upload.node.toString().toStdString()]["inputs"][upload.input.toStdString()];
        QVERIFY(!toQString(*value).isEmpty());
    }
    QCOMPARE(embeddedPrompt(entry.path), toJson(expected));
    QCOMPARE(embeddedPrompt(entry.path), promptOnServer(entry.run));
}

void TestFirstPicture::twoRunsKeepTheirFramesApart()
{
    // The first is followed to its end; the second's frames must not show before.
    shell().generate(2);
    QTRY_COMPARE(shell().runs().rowCount(), 2);
    const PromptId first = shell().runs().idAt(1);
    const PromptId second = shell().runs().idAt(0);
    QVERIFY(first != second);
    bool mixed = false;
    connect(&shell().stage(), &StageViewModel::imageChanged, this, [&] {
        const RunState* state = shell().runs().stateOf(shell().stage().followed());
        if (shell().stage().showing() == StageViewModel::Showing::Preview && state
            && state->phase == RunPhase::Queued)
            mixed = true;
    });
    m_gui->waitForRuns();
    QVERIFY2(!mixed, "a frame of one run was shown as another's");
    QTRY_COMPARE(shell().results().rowCount(), 2);
    const ResultModel::Entry newest = shell().results().at(0);
    const ResultModel::Entry older = shell().results().at(1);
    QCOMPARE(newest.run, second);
    QCOMPARE(older.run, first);
    QVERIFY2(hashOf(QImage(newest.path)) != hashOf(QImage(older.path)), "two seeds, two pictures");
}

void TestFirstPicture::droppedResultOpensItsWorkflowAndRunsNothing()
{
    QTest::keyClick(&window(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shell().runs().rowCount(), 1);
    m_gui->waitForRuns();
    QTRY_COMPARE(shell().results().rowCount(), 1);
    const QString path = shell().results().at(0).path;
    m_gui->openSample(QStringLiteral("soft-glow"));

    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(shell().document().sourcePath(), path, patienceMs);
    QVERIFY(m_gui->fieldOf(FieldRole::PositivePrompt) >= 0);
    QCOMPARE(shell().runs().rowCount(), 1);
}

QTEST_MAIN(TestFirstPicture)
#include "tst_firstpicture.moc"
