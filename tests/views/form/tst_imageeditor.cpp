// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/imageeditor.h"

#include "tests/views/form/formfixture.h"
#include "views/form/editors/imagecard.h"
#include "views/form/fieldrow.h"
#include "views/form/pastedpicture.h"
#include "views/widgets/combopopup.h"
#include "views/widgets/searchfield.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QMimeData>
#include <QStandardPaths>
#include <QTest>
#include <QThreadPool>
#include <QUndoStack>

using namespace gesso;
using gesso::test::FormFixture;

class TestImageEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup() { m_form.reset(); }
    void showsWhatTheServerHas();
    void takesADroppedFile();
    void mayGoWhileAPictureIsRead();
    void takesAPastedPicture();
    void browsesByKeyboard();
    void choosesFromTheServersList();
    void clearsAndUndoes();
    void aFileThatIsNoPictureIsSaid();
    void refusesWhatIsNoPicture();
    void theNewestThumbnailWins();
    void pastedPicturesAreKeptByTheirContent();

private:
    QString writePicture(const QString& name, QSize size, const QColor& color = Qt::darkCyan) const
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        const QString path = m_form->folder.filePath(name);
        return image.save(path) ? path : QString();
    }
    void drop(const QMimeData& data) const
    {
        // As a drag does: entering first decides who gets the drop.
        QDragEnterEvent enter(QPoint(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_editor, &enter);
        if (!enter.isAccepted())
            return;
        QDropEvent event(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_editor, &event);
    }
    QAbstractButton* button(const QString& name) const
    {
        const auto buttons = m_editor->findChildren<QAbstractButton*>();
        for (QAbstractButton* candidate : buttons) {
            if (candidate->accessibleName() == name)
                return candidate;
        }
        return nullptr;
    }

    std::unique_ptr<FormFixture> m_form;
    ImageEditor* m_editor = nullptr;
    ImageCard* m_card = nullptr;
    qsizetype m_field = -1;
};

void TestImageEditor::init()
{
    m_form = std::make_unique<FormFixture>();
    QVERIFY(m_form->openLighthouse());
    m_form->panel.show();
    m_form->panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_form->panel));
    m_field = m_form->index(QStringLiteral("6"), QStringLiteral("image"));
    QTRY_VERIFY(m_form->panel.rowOf(m_field));
    m_editor = qobject_cast<ImageEditor*>(m_form->panel.rowOf(m_field)->editor());
    QVERIFY(m_editor);
    m_card = m_editor->findChild<ImageCard*>();
}

void TestImageEditor::showsWhatTheServerHas()
{
    QCOMPARE(m_editor->value(0), Json("cliff-sketch.png"));
    QCOMPARE(m_card->detail(), QStringLiteral("on the server"));
    QVERIFY(m_card->thumbnail().isNull());
}

void TestImageEditor::takesADroppedFile()
{
    const QString path = writePicture(QStringLiteral("Küste 灯台.png"), {640, 480});
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QVERIFY(ImageEditor::canTake(&data));
    drop(data);
    QCOMPARE(m_form->document.localFile(m_field), path);
    QCOMPARE(toQString(m_form->document.field(m_field).value), QStringLiteral("Küste 灯台.png"));
    QTRY_COMPARE(m_card->detail(), QStringLiteral("640 × 480"));
    QVERIFY(!m_card->thumbnail().isNull());
    QVERIFY(m_card->thumbnail().width() <= 4 * ImageCard::thumbnailSide);
}

void TestImageEditor::mayGoWhileAPictureIsRead()
{
    const QString path = writePicture(QStringLiteral("large.png"), {640, 480});
    QFile kept(path);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const QByteArray bytes = kept.readAll();
    for (int i = 0; i < 20; ++i) {
        cleanup();
        init();
        QFile file(m_form->folder.filePath(QStringLiteral("large.png")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        drop(data);
        QCOMPARE(m_form->document.localFile(m_field), file.fileName());
    }
    QThreadPool::globalInstance()->waitForDone();
}

void TestImageEditor::takesAPastedPicture()
{
    QImage picture(33, 44, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QGuiApplication::clipboard()->setImage(picture);
    m_card->setFocus();
    QTest::keySequence(m_card, QKeySequence(QKeySequence::Paste));
    QTRY_VERIFY(!m_form->document.localFile(m_field).isEmpty());
    QCOMPARE(QImage(m_form->document.localFile(m_field)).size(), QSize(33, 44));
    QTRY_COMPARE(m_card->detail(), QStringLiteral("33 × 44"));
}

void TestImageEditor::browsesByKeyboard()
{
    m_form->prompts.file = writePicture(QStringLiteral("a.png"), {10, 10});
    m_card->setFocus();
    QTest::keyClick(m_card, Qt::Key_Return);
    QCOMPARE(m_form->prompts.asked, 1);
    QCOMPARE(m_form->document.localFile(m_field), m_form->prompts.file);
    QTest::mouseClick(m_card, Qt::LeftButton, {}, QPoint(20, 20));
    QCOMPARE(m_form->prompts.asked, 2);
}

void TestImageEditor::choosesFromTheServersList()
{
    QTest::mouseClick(button(QStringLiteral("Pictures on the server")), Qt::LeftButton);
    auto* search = m_editor->findChild<ComboPopup*>()->findChild<SearchField*>();
    QTest::keyClicks(search, QStringLiteral("harb"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(m_form->document.field(m_field).value, Json("harbour.png"));
    QVERIFY(m_form->document.localFile(m_field).isEmpty());
}

void TestImageEditor::clearsAndUndoes()
{
    QTest::mouseClick(button(QStringLiteral("Take the picture out")), Qt::LeftButton);
    QCOMPARE(m_form->document.field(m_field).value, Json(""));
    m_form->document.undoStack()->undo();
    QCOMPARE(m_form->document.field(m_field).value, Json("cliff-sketch.png"));
    QCOMPARE(m_card->detail(), QStringLiteral("on the server"));
}

void TestImageEditor::aFileThatIsNoPictureIsSaid()
{
    const QString path = m_form->folder.filePath(QStringLiteral("notes.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<b>not a picture</b>");
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    drop(data);
    QTRY_VERIFY(m_card->detail().contains(QLatin1String("notes.png")));
    QVERIFY(m_card->thumbnail().isNull());
}

void TestImageEditor::refusesWhatIsNoPicture()
{
    QMimeData text;
    text.setText(QStringLiteral("hello"));
    QVERIFY(!ImageEditor::canTake(&text));
    QMimeData remote;
    remote.setUrls({QUrl(QStringLiteral("https://example.org/a.png")),
                    QUrl::fromLocalFile(QStringLiteral("/no/such/file.png"))});
    QVERIFY(!ImageEditor::canTake(&remote));
    QMimeData folder;
    folder.setUrls({QUrl::fromLocalFile(m_form->folder.path())});
    QVERIFY(!ImageEditor::canTake(&folder));
    QVERIFY(!ImageEditor::canTake(nullptr));
}

void TestImageEditor::theNewestThumbnailWins()
{
    const QString large = writePicture(QStringLiteral("large.png"), {3000, 3000}, Qt::red);
    const QString small = writePicture(QStringLiteral("small.png"), {8, 6}, Qt::blue);
    m_form->document.setLocalFile(m_field, large);
    m_form->document.setLocalFile(m_field, small);
    QTRY_COMPARE(m_card->detail(), QStringLiteral("8 × 6"));
    QThreadPool::globalInstance()->waitForDone(); // the large one has been read by now
    QCoreApplication::processEvents();
    QCOMPARE(m_card->detail(), QStringLiteral("8 × 6"));
    QCOMPARE(m_card->thumbnail().pixelColor(1, 1), QColor(Qt::blue));
}

void TestImageEditor::pastedPicturesAreKeptByTheirContent()
{
    QImage picture(5, 5, QImage::Format_RGB32);
    picture.fill(Qt::green);
    const QString folder = m_form->folder.filePath(QStringLiteral("pasted"));
    const auto first = keepPastedPicture(picture, folder);
    const auto again = keepPastedPicture(picture, folder);
    QVERIFY(first && again);
    QCOMPARE(*first, *again);
    QVERIFY(!keepPastedPicture(QImage(), folder));
    const auto refused = keepPastedPicture(picture, QStringLiteral("/proc/nowhere"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::DiskError);
}

QTEST_MAIN(TestImageEditor)
#include "tst_imageeditor.moc"
