// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/draftkeeper.h"

#include "core/workflow/reader.h"
#include "tests/testkit/fakeuserprompts.h"
#include "tests/testkit/testdata.h"
#include "tests/viewmodels/smallworkflow.h"

#include <QDir>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <memory>

using namespace gesso;

namespace {

const WidgetRef textRef{NodeId(QStringLiteral("2")), QStringLiteral("text")};
const WidgetRef seedRef{NodeId(QStringLiteral("2")), QStringLiteral("seed")};
const WidgetRef imageRef{NodeId(QStringLiteral("2")), QStringLiteral("image")};
const WidgetRef stepsRef{NodeId(QStringLiteral("2")), QStringLiteral("steps")};
const QString awkward = QStringLiteral("Mühle 風車 \U0001F3A8\n\"zwei\"");
constexpr quint64 largestSeed = 18446744073709551615ULL;

// What a window is, as far as drafts are concerned. A killed one takes no leave: what it wrote stays.
struct Window {
    testkit::FakeUserPrompts prompts;
    NoticeList notices;
    WorkflowDocument document;
    DraftKeeper keeper;

    explicit Window(const QString& home)
        : keeper(document, prompts, notices, home + QStringLiteral("/drafts"))
    {
        QObject::connect(&keeper, &DraftKeeper::ready, &document, [this](const QString& file) {
            if (!file.isEmpty()) {
                document.open(file);
            }
        });
        QObject::connect(&keeper, &DraftKeeper::openRequested, &document, &WorkflowDocument::open);
    }

    void start(const QString& file = {})
    {
        document.setCatalog(testkit::smallCatalog());
        QSignalSpy ready(&keeper, &DraftKeeper::ready);
        keeper.start(file);
        QTRY_COMPARE(ready.size(), 1);
    }
    qsizetype index(const WidgetRef& ref) const
    {
        for (qsizetype i = 0; i < document.fieldCount(); ++i) {
            if (document.field(i).ref == ref) {
                return i;
            }
        }
        return -1;
    }
    Json value(const WidgetRef& ref) const
    {
        return index(ref) < 0 ? Json() : document.field(index(ref)).value;
    }
    void edit(const WidgetRef& ref, const Json& value)
    {
        document.setValue(index(ref), value);
        document.endMerge();
    }
    int notice(const QString& text) const
    {
        for (int row = 0; row < notices.rowCount(); ++row) {
            if (notices.at(row).text.contains(text)) {
                return row;
            }
        }
        return -1;
    }
    void choose(const QString& text, const QString& label)
    {
        const int row = notice(text);
        QVERIFY2(row >= 0, qPrintable(text));
        const Notice found = notices.at(row);
        for (int i = 0; i < found.actions.size(); ++i) {
            if (found.actions.at(i).label == label) {
                notices.trigger(found.id, i);
                return;
            }
        }
        QFAIL(qPrintable(label));
    }
};

const QString back = QStringLiteral("are back");
const QString changed = QStringLiteral("was changed since");

} // namespace

class TestDraftKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void editsComeBack();
    void theyWaitForTheForm();
    void discardingGivesTheFile();
    void savedEditsLeaveNoDraft();
    void undoneEditsLeaveNoDraft();
    void chosenToLoseLeavesNoDraft();
    void resetAfterSavingComesBack();
    void aChangedFileAsks_data();
    void aChangedFileAsks();
    void editsWithoutAFieldAreNotLost();
    void aLostFileLeavesMyVersion();
    void twoWindowsKeepTheirOwn();
    void anotherFileIsAskedFor();
    void aBrokenDraftIsTold();
    void nothingIsKeptWithoutAFolder();
    void nobodyElseReadsThem();

private:
    QString source() const { return m_home->filePath(QStringLiteral("mill.json")); }
    QStringList drafts() const
    {
        return QDir(m_home->filePath(QStringLiteral("drafts"))).entryList({QStringLiteral("*.json")});
    }
    void write(const QByteArray& bytes);
    void leaveEdits(const QString& text = awkward); // a window opened, edited and killed
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestDraftKeeper::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    write(testkit::smallGraph());
}

void TestDraftKeeper::write(const QByteArray& bytes)
{
    QFile file(source());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void TestDraftKeeper::leaveEdits(const QString& text)
{
    Window window(m_home->path());
    window.start(source());
    QTRY_VERIFY(window.index(textRef) >= 0);
    const qsizetype before = drafts().size();
    window.edit(textRef, toJson(text));
    window.edit(seedRef, largestSeed);
    window.document.setLocalFile(window.index(imageRef), QStringLiteral("/pictures/mill.png"));
    QTRY_COMPARE(drafts().size(), before + 1); // without anybody's leave
}

void TestDraftKeeper::editsComeBack()
{
    leaveEdits();
    Window next(m_home->path());
    next.start();
    QTRY_VERIFY(next.notice(back) >= 0);
    QVERIFY(next.notices.at(next.notice(back)).text.contains(QStringLiteral("mill")));
    QCOMPARE(next.document.path(), source());
    QVERIFY(next.document.isModified());
    QCOMPARE(toQString(next.value(textRef)), awkward);
    QCOMPARE(next.value(seedRef).get<quint64>(), largestSeed);
    QCOMPARE(next.document.localFile(next.index(imageRef)), QStringLiteral("/pictures/mill.png"));
    QCOMPARE(next.document.undoStack()->count(), 1); // one step
    next.document.undoStack()->undo();
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("a mill"));
    QVERIFY(!next.document.isModified());
    next.document.undoStack()->redo();
    QTRY_COMPARE(drafts().size(), 1); // its own now: killed once more, nothing is lost
}

void TestDraftKeeper::theyWaitForTheForm()
{
    leaveEdits();
    Window next(m_home->path());
    next.keeper.start({}); // no server yet
    QTRY_VERIFY(next.document.isOpen());
    QTest::qWait(50);
    QVERIFY(next.notice(back) < 0);
    QCOMPARE(drafts().size(), 1);
    next.document.setCatalog(testkit::smallCatalog());
    QTRY_VERIFY(next.notice(back) >= 0);
    QCOMPARE(toQString(next.value(textRef)), awkward);
}

void TestDraftKeeper::discardingGivesTheFile()
{
    leaveEdits();
    {
        Window next(m_home->path());
        next.start();
        QTRY_VERIFY(next.notice(back) >= 0);
        next.choose(back, QStringLiteral("Discard them"));
        QCOMPARE(toQString(next.value(textRef)), QStringLiteral("a mill"));
        QVERIFY(!next.document.isModified());
        QTRY_VERIFY(drafts().isEmpty());
    }
    Window after(m_home->path());
    after.start(source());
    QTRY_VERIFY(after.document.isOpen());
    QCOMPARE(after.notices.rowCount(), 0);
}

void TestDraftKeeper::savedEditsLeaveNoDraft()
{
    Window window(m_home->path());
    window.start(source());
    QTRY_VERIFY(window.index(textRef) >= 0);
    window.edit(textRef, "better");
    QTRY_COMPARE(drafts().size(), 1);
    window.document.save();
    QTRY_VERIFY(drafts().isEmpty());
}

void TestDraftKeeper::undoneEditsLeaveNoDraft()
{
    Window window(m_home->path());
    window.start(source());
    QTRY_VERIFY(window.index(textRef) >= 0);
    window.edit(textRef, "better");
    QTRY_COMPARE(drafts().size(), 1);
    window.document.undoStack()->undo();
    QTRY_VERIFY(drafts().isEmpty());
}

void TestDraftKeeper::chosenToLoseLeavesNoDraft()
{
    Window window(m_home->path());
    window.start(source());
    QTRY_VERIFY(window.index(textRef) >= 0);
    window.edit(textRef, "better");
    QTRY_COMPARE(drafts().size(), 1);
    window.keeper.discardEdits();
    QTRY_VERIFY(drafts().isEmpty());
}

// Saved with one value, then put back to what was first opened: the file must not win.
void TestDraftKeeper::resetAfterSavingComesBack()
{
    {
        Window window(m_home->path());
        window.start(source());
        QTRY_VERIFY(window.index(stepsRef) >= 0);
        window.edit(stepsRef, 30);
        QSignalSpy saved(&window.document, &WorkflowDocument::saved);
        window.document.save();
        QTRY_COMPARE(saved.size(), 1);
        QTRY_VERIFY(drafts().isEmpty());
        window.edit(stepsRef, 20);
        QTRY_COMPARE(drafts().size(), 1);
    }
    Window next(m_home->path());
    next.start();
    QTRY_VERIFY(next.notice(back) >= 0);
    QCOMPARE(next.value(stepsRef), Json(20));
    next.document.undoStack()->undo();
    QCOMPARE(next.value(stepsRef), Json(30));
}

void TestDraftKeeper::aChangedFileAsks_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("text");
    QTest::newRow("mine") << QStringLiteral("Use my edits") << awkward;
    QTest::newRow("file") << QStringLiteral("Use the file") << QStringLiteral("another mill");
    QTest::newRow("neither") << QString() << QStringLiteral("another mill");
}

void TestDraftKeeper::aChangedFileAsks()
{
    QFETCH(QString, answer);
    QFETCH(QString, text);
    leaveEdits();
    write(testkit::smallGraph("other.safetensors", "another mill"));
    {
        Window next(m_home->path());
        next.start();
        QTRY_VERIFY(next.notice(changed) >= 0);
        QCOMPARE(toQString(next.value(textRef)), QStringLiteral("another mill")); // nothing is done unasked
        QVERIFY(!next.document.isModified());
        if (!answer.isEmpty()) {
            next.choose(changed, answer);
        }
        QCOMPARE(toQString(next.value(textRef)), text);
        QCOMPARE(next.document.isModified(), answer == u"Use my edits");
        QCOMPARE(testkit::readAll(source()), testkit::smallGraph("other.safetensors", "another mill"));
        QTRY_COMPARE(drafts().size(), answer == u"Use the file" ? 0 : 1);
    }
    Window later(m_home->path());
    later.start(source());
    QTRY_VERIFY(later.document.isOpen());
    if (answer.isEmpty()) { // not answered: asked again
        QTRY_VERIFY(later.notice(changed) >= 0);
    }
}

void TestDraftKeeper::editsWithoutAFieldAreNotLost()
{
    leaveEdits();
    QByteArray other = testkit::smallGraph();
    other.replace(R"({"id": 2, "type": "Painter")", R"({"id": 2, "type": "SaveImage")");
    write(other);
    Window next(m_home->path());
    next.start();
    QTRY_VERIFY(next.notice(changed) >= 0);
    next.choose(changed, QStringLiteral("Use my edits"));
    const QString homeless = QStringLiteral("have no field");
    QTRY_VERIFY(next.notice(homeless) >= 0);
    next.prompts.fileToSave = m_home->filePath(QStringLiteral("mine.json"));
    next.choose(homeless, QStringLiteral("Save my version as…"));
    QTRY_COMPARE(next.document.path(), next.prompts.fileToSave);
    QTRY_COMPARE(toQString(next.value(textRef)), awkward);
    QTRY_VERIFY(drafts().isEmpty());
}

void TestDraftKeeper::aLostFileLeavesMyVersion()
{
    leaveEdits();
    QVERIFY(QFile::remove(source()));
    Window next(m_home->path());
    next.start();
    const QString gone = QStringLiteral("cannot be opened");
    QTRY_VERIFY(next.notice(gone) >= 0);
    next.choose(gone, QStringLiteral("Save it as…")); // and the dialog is cancelled
    QVERIFY(next.notice(gone) >= 0);
    QCOMPARE(drafts().size(), 1);
    next.prompts.fileToSave = m_home->filePath(QStringLiteral("again"));
    next.choose(gone, QStringLiteral("Save it as…"));
    QTRY_COMPARE(next.document.path(), m_home->filePath(QStringLiteral("again.json")));
    QCOMPARE(toQString(next.value(textRef)), awkward);
    QVERIFY(next.notice(gone) < 0);
}

void TestDraftKeeper::twoWindowsKeepTheirOwn()
{
    {
        Window first(m_home->path());
        first.start(source());
        QTRY_VERIFY(first.index(textRef) >= 0);
        first.edit(textRef, "one");
        QTRY_COMPARE(drafts().size(), 1);
        Window second(m_home->path());
        second.start(source());
        QTRY_VERIFY(second.index(textRef) >= 0);
        QCOMPARE(toQString(second.value(textRef)), QStringLiteral("a mill")); // the first one lives
        second.edit(textRef, "two");
        QTRY_COMPARE(drafts().size(), 2);
    }
    Window next(m_home->path());
    next.start();
    QTRY_VERIFY(next.notice(back) >= 0);
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("two"));
    const QString kept = QStringLiteral("are kept");
    QVERIFY(next.notice(kept) >= 0);
    next.choose(kept, QStringLiteral("Open them"));
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("one"));
    next.document.undoStack()->undo();
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("two"));
}

void TestDraftKeeper::anotherFileIsAskedFor()
{
    leaveEdits();
    const QString other = m_home->filePath(QStringLiteral("other.json"));
    QVERIFY(QFile::copy(source(), other));
    Window next(m_home->path());
    next.start(other);
    QTRY_COMPARE(next.document.path(), other);
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("a mill"));
    next.choose(QStringLiteral("are kept"), QStringLiteral("Open them"));
    QTRY_COMPARE(next.document.path(), source());
    QTRY_COMPARE(toQString(next.value(textRef)), awkward);
}

void TestDraftKeeper::aBrokenDraftIsTold()
{
    leaveEdits();
    QFile file(m_home->filePath(QStringLiteral("drafts/")) + drafts().constFirst());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"gessoDraft\": 1, ");
    file.close();
    Window next(m_home->path());
    next.start(source());
    QTRY_VERIFY(next.document.isOpen());
    QVERIFY(next.notice(QStringLiteral("cannot be read")) >= 0);
    QCOMPARE(toQString(next.value(textRef)), QStringLiteral("a mill"));
}

void TestDraftKeeper::nothingIsKeptWithoutAFolder()
{
    testkit::FakeUserPrompts prompts;
    NoticeList notices;
    WorkflowDocument document;
    DraftKeeper keeper(document, prompts, notices, {});
    QSignalSpy ready(&keeper, &DraftKeeper::ready);
    keeper.start(source());
    QCOMPARE(ready.size(), 1);
    keeper.discardEdits();
    QVERIFY(drafts().isEmpty());
}

void TestDraftKeeper::nobodyElseReadsThem()
{
    leaveEdits();
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_home->filePath(QStringLiteral("drafts"))) & others));
}

QTEST_GUILESS_MAIN(TestDraftKeeper)
#include "tst_draftkeeper.moc"
