// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/formpanel.h"

#include "tests/views/form/formfixture.h"
#include "views/form/fieldeditor.h"
#include "views/form/fieldlabel.h"
#include "views/form/fieldrow.h"
#include "views/form/formheader.h"
#include "views/form/formsection.h"
#include "views/form/generatebar.h"
#include "views/widgets/linkbutton.h"
#include "views/widgets/searchfield.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

using namespace gesso;
using gesso::test::FormFixture;

class TestFormPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_form.reset(); }
    void opensTheEssentialsAndLeavesTheRestFolded();
    void aHugeWorkflowMakesFewEditors();
    void textOfAnyScriptIsEditedAndUndone();
    void undoReachesEveryEditorWithoutEchoes();
    void theDotShowsAChangeAndADoubleClickResets();
    void aFindingMarksItsFieldAndItsFixMendsIt();
    void revealOpensScrollsAndFocuses();
    void theFilterFindsWhatIsFolded();
    void tabFollowsTheLayout();
    void everythingIsNamed();
    void labelsAreBuddies();
    void generateTellsHowMany();
    void generateSaysWhyItCannot();
    void ctrlEnterInAPromptIsTheWindows();
    void aNewFormKeepsWhatIsOpen();
    void closingShowsWhatToDo();
    void aNodeTheServerLacksIsStillInReach();
    void narrowPanelsStack();

private:
    QPlainTextEdit* prompt() const
    {
        return qobject_cast<QPlainTextEdit*>(editor(QStringLiteral("2"), QStringLiteral("text")));
    }
    QWidget* editor(const QString& node, const QString& input) const
    {
        const qsizetype index = m_form->index(node, input);
        FieldRow* row = m_form->panel.rowOf(index);
        return row ? row->editor()->focusTarget(int(row->fields().indexOf(index))) : nullptr;
    }
    FormSection* section(const QString& title) const
    {
        for (FormSection* candidate : m_form->panel.sections()) {
            if (candidate->title() == title)
                return candidate;
        }
        return nullptr;
    }

    std::unique_ptr<FormFixture> m_form;
};

void TestFormPanel::init()
{
    m_form = std::make_unique<FormFixture>();
    QVERIFY(m_form->openLighthouse());
    m_form->panel.show();
    m_form->panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_form->panel));
    QTRY_VERIFY(m_form->panel.sections().constFirst()->isComplete());
}

void TestFormPanel::opensTheEssentialsAndLeavesTheRestFolded()
{
    const auto sections = m_form->panel.sections();
    QVERIFY(sections.size() >= 3);
    QVERIFY(sections.constFirst()->isOpen());
    for (qsizetype i = 1; i < sections.size(); ++i) {
        QVERIFY(!sections[i]->isOpen());
        QVERIFY(sections[i]->madeRows().isEmpty());
    }
    QVERIFY(prompt());
    QTest::mouseClick(sections[1]->header(), Qt::LeftButton);
    QTRY_VERIFY(sections[1]->isComplete());
    QVERIFY(!sections[1]->madeRows().isEmpty());
}

void TestFormPanel::aHugeWorkflowMakesFewEditors()
{
    Json workflow = Json::object();
    for (int i = 1; i <= 300; ++i) {
        Json inputs = Json::object();
        inputs["text"] = "words";
        workflow[std::to_string(i)] = Json{{"class_type", "CLIPTextEncode"}, {"inputs", inputs}};
    }
    const QString path = m_form->folder.filePath(QStringLiteral("huge.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(writeJson(workflow));
    file.close();
    QVERIFY(m_form->open(path, test::testCatalog()));
    QTRY_COMPARE(m_form->document.fieldCount(), 300);
    qsizetype made = 0;
    qsizetype open = 0;
    for (const FormSection* candidate : m_form->panel.sections()) {
        made += candidate->madeRows().size();
        open += candidate->isOpen() ? 1 : 0;
    }
    QVERIFY2(made < 40, qPrintable(QString::number(made)));
    QVERIFY(open <= 1);
    // And the last one can be reached.
    m_form->panel.revealField(299);
    QVERIFY(m_form->panel.rowOf(299));
}

void TestFormPanel::textOfAnyScriptIsEditedAndUndone()
{
    QPlainTextEdit* edit = prompt();
    const QString before = edit->toPlainText();
    const QString typed = QStringLiteral("Küste 灯台 🌊 ");
    edit->setFocus();
    QVERIFY(edit->hasFocus());
    edit->moveCursor(QTextCursor::Start);
    QTest::keyClicks(edit, QStringLiteral("K"));
    for (const QString& part : {QStringLiteral("üste "), QStringLiteral("灯台 "), QStringLiteral("🌊 ")}) {
        QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, part);
        QCoreApplication::sendEvent(edit, &key);
    }
    QCOMPARE(edit->toPlainText(), QString(typed + before));
    QCOMPARE(toQString(m_form->value(QStringLiteral("2"), QStringLiteral("text"))), QString(typed + before));
    QCOMPARE(m_form->document.undoStack()->count(), 1); // one stretch of typing, one step
    QTest::keyClick(edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit->toPlainText(), before);
    QCOMPARE(toQString(m_form->value(QStringLiteral("2"), QStringLiteral("text"))), before);
    QTest::keySequence(edit, QKeySequence(QKeySequence::Redo));
    QCOMPARE(edit->toPlainText(), QString(typed + before));
}

void TestFormPanel::undoReachesEveryEditorWithoutEchoes()
{
    QSignalSpy changed(&m_form->document, &WorkflowDocument::fieldChanged);
    const qsizetype steps = m_form->index(QStringLiteral("5"), QStringLiteral("steps"));
    auto* edit = qobject_cast<QLineEdit*>(editor(QStringLiteral("5"), QStringLiteral("steps")));
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("31"));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(m_form->document.field(steps).value, Json(31));
    prompt()->setFocus();
    QTest::keyClicks(prompt(), QStringLiteral("x"));
    QTest::keyClick(prompt(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(prompt(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit->text(), QStringLiteral("20"));
    QCOMPARE(m_form->document.field(steps).value, Json(20));
    QVERIFY(!m_form->document.undoStack()->canUndo());
    QVERIFY(m_form->document.undoStack()->canRedo()); // no editor answered with an edit of its own
    QVERIFY(!m_form->document.isModified());
}

void TestFormPanel::theDotShowsAChangeAndADoubleClickResets()
{
    FieldRow* row = m_form->row(QStringLiteral("2"), QStringLiteral("text"));
    QVERIFY(!row->label()->isChanged());
    prompt()->setFocus();
    QTest::keyClicks(prompt(), QStringLiteral("more "));
    QVERIFY(row->label()->isChanged());
    QVERIFY(prompt()->accessibleDescription().contains(QLatin1String("changed")));
    QTest::mouseDClick(row->label(), Qt::LeftButton);
    QVERIFY(!row->label()->isChanged());
    QVERIFY(!m_form->document.isChanged(m_form->index(QStringLiteral("2"), QStringLiteral("text"))));
    QVERIFY(prompt()->toPlainText().startsWith(QLatin1String("a lighthouse")));
}

void TestFormPanel::aFindingMarksItsFieldAndItsFixMendsIt()
{
    m_form->document.setFindings({test::badCheckpoint()});
    FieldRow* row = m_form->row(QStringLiteral("1"), QStringLiteral("ckpt_name"));
    QCOMPARE(row->errorText(), QStringLiteral("Not on studio-gpu"));
    QWidget* combo = row->editor()->focusTarget();
    QVERIFY(combo->property("invalid").toBool());
    QVERIFY(combo->accessibleDescription().contains(QLatin1String("Not on studio-gpu")));
    auto* fix = row->findChild<LinkButton*>();
    QVERIFY(fix && fix->isVisible());
    QCOMPARE(fix->text(), QStringLiteral("Use sdxl/juggernautXL_v9.safetensors"));
    QVERIFY(row->tabStops().contains(fix));
    QTest::mouseClick(fix, Qt::LeftButton);
    QCOMPARE(toQString(m_form->value(QStringLiteral("1"), QStringLiteral("ckpt_name"))),
             QStringLiteral("sdxl/juggernautXL_v9.safetensors"));
    QTRY_COMPARE(row->errorText(), QString());
    QVERIFY(!combo->property("invalid").toBool());
    QVERIFY(!fix->isVisible());
}

void TestFormPanel::revealOpensScrollsAndFocuses()
{
    m_form->panel.resize(372, 400);
    const qsizetype note = m_form->index(QStringLiteral("10"), QStringLiteral("note"));
    QVERIFY(!m_form->panel.rowOf(note));
    m_form->panel.findChild<SearchField*>()->setText(
        QStringLiteral("prompt")); // and it ends a filter in the way
    QTRY_VERIFY(section(QStringLiteral("Upscale"))->isHidden());
    Q_EMIT m_form->document.revealField(note);
    FieldRow* row = m_form->panel.rowOf(note);
    QVERIFY(row);
    QVERIFY(section(QStringLiteral("Upscale"))->isOpen());
    QTRY_VERIFY(row->editor()->focusTarget()->hasFocus());
    QVERIFY(!row->visibleRegion().isEmpty());
    QVERIFY(m_form->panel.rect().contains(row->mapTo(&m_form->panel, row->rect().center())));
}

void TestFormPanel::theFilterFindsWhatIsFolded()
{
    auto* filter = m_form->panel.findChild<SearchField*>();
    QVERIFY(filter->placeholderText().contains(QString::number(m_form->document.fieldCount())));
    filter->setFocus();
    QTest::keyClicks(filter, QStringLiteral("second gui"));
    FormSection* second = section(QStringLiteral("KSampler (second pass)"));
    QTRY_VERIFY(second->isOpen());
    QTRY_VERIFY(second->isComplete());
    QVERIFY(m_form->row(QStringLiteral("8"), QStringLiteral("cfg"))->isVisible());
    QVERIFY(!m_form->row(QStringLiteral("8"), QStringLiteral("steps"))->isVisible());
    QVERIFY(section(QStringLiteral("Essentials"))->isHidden());
    QTest::keyClicks(filter, QStringLiteral("zzz"));
    QTRY_VERIFY(second->isHidden());
    QTest::keyClick(filter, Qt::Key_Escape);
    QTRY_VERIFY(section(QStringLiteral("Essentials"))->isVisible());
    QVERIFY(section(QStringLiteral("Essentials"))->isOpen());
    QVERIFY(!second->isOpen()); // as it was
    QVERIFY(prompt()->isVisible());
}

void TestFormPanel::tabFollowsTheLayout()
{
    // Opened last first, so that the order of making is not the order of standing.
    const auto sections = m_form->panel.sections();
    for (qsizetype i = sections.size() - 1; i >= 0; --i) {
        sections[i]->setOpen(true);
        QTRY_VERIFY(sections[i]->isComplete());
    }
    m_form->panel.resize(280, 3000); // one column: top to bottom is the order
    QTRY_COMPARE(editor(QStringLiteral("5"), QStringLiteral("cfg"))->window()->width(), 280);
    QTRY_VERIFY(editor(QStringLiteral("5"), QStringLiteral("steps"))->mapTo(&m_form->panel, QPoint()).y()
                < editor(QStringLiteral("5"), QStringLiteral("cfg"))->mapTo(&m_form->panel, QPoint()).y());
    auto* filter = m_form->panel.findChild<SearchField*>();
    filter->setFocus();
    int lowest = -1;
    QSet<QWidget*> seen;
    for (int i = 0; i < 400; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QWidget* now = QApplication::focusWidget();
        QVERIFY(now);
        if (seen.contains(now))
            break;
        seen.insert(now);
        const int centre = now->mapTo(&m_form->panel, now->rect().center()).y();
        if (centre < filter->mapTo(&m_form->panel, QPoint(0, 0)).y())
            break; // round to the head
        QVERIFY2(centre >= lowest - 14, qPrintable(now->accessibleName()));
        lowest = centre;
    }
    QVERIFY2(seen.size() > 40, qPrintable(QString::number(seen.size())));
    QVERIFY(lowest > 2900); // reached Generate
}

void TestFormPanel::everythingIsNamed()
{
    for (FormSection* candidate : m_form->panel.sections()) {
        candidate->setOpen(true);
        QTRY_VERIFY(candidate->isComplete());
    }
    const auto widgets = m_form->panel.findChildren<QWidget*>();
    int focusable = 0;
    for (const QWidget* widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
            || widget->window() != &m_form->panel)
            continue;
        if (widget->focusProxy())
            continue;
        ++focusable;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        QVERIFY2(named,
                 qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->parentWidget()->accessibleName()));
    }
    QVERIFY(focusable > 40);
    QCOMPARE(prompt()->accessibleName(), QStringLiteral("Prompt"));
    QVERIFY(prompt()->accessibleDescription().contains(QLatin1String("What the picture shows.")));
}

void TestFormPanel::labelsAreBuddies()
{
    const auto rows = m_form->panel.sections().constFirst()->madeRows();
    QVERIFY(rows.size() > 8);
    for (const FieldRow* row : rows) {
        QCOMPARE(row->label()->buddy(), row->editor()->focusTarget());
        QVERIFY(!row->label()->text().isEmpty());
    }
}

void TestFormPanel::generateTellsHowMany()
{
    auto* bar = m_form->panel.findChild<GenerateBar*>();
    auto* times = qobject_cast<QAbstractButton*>(bar->tabStops().constFirst());
    auto* generate = qobject_cast<QAbstractButton*>(bar->tabStops().constLast());
    QSignalSpy requested(&m_form->panel, &FormPanel::generateRequested);
    QTest::mouseClick(generate, Qt::LeftButton);
    QCOMPARE(requested.takeFirst().first().toInt(), 1);

    QTest::mouseClick(times, Qt::LeftButton);
    auto* menu = times->findChild<QMenu*>();
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        if (action->text().endsWith(QLatin1Char('4')) && !action->text().contains(QLatin1Char('2')))
            action->trigger();
    }
    menu->close();
    QTest::mouseClick(generate, Qt::LeftButton);
    QCOMPARE(requested.takeFirst().first().toInt(), 4);
    QVERIFY(times->accessibleName().contains(QLatin1Char('4')));
}

void TestFormPanel::generateSaysWhyItCannot()
{
    auto* generate =
        qobject_cast<QAbstractButton*>(m_form->panel.findChild<GenerateBar*>()->tabStops().constLast());
    QSignalSpy requested(&m_form->panel, &FormPanel::generateRequested);
    m_form->panel.setCanGenerate(false, QStringLiteral("No server <b>yet</b>."));
    QTest::mouseClick(generate, Qt::LeftButton);
    QVERIFY(requested.isEmpty());
    QVERIFY(generate->toolTip().contains(QLatin1String("No server &lt;b&gt;yet&lt;/b&gt;.")));
    m_form->panel.setCanGenerate(true);
    QTest::mouseClick(generate, Qt::LeftButton);
    QCOMPARE(requested.count(), 1);
}

void TestFormPanel::ctrlEnterInAPromptIsTheWindows()
{
    QAction action;
    action.setShortcut(Qt::CTRL | Qt::Key_Return);
    m_form->panel.addAction(&action);
    QSignalSpy triggered(&action, &QAction::triggered);
    const QString before = prompt()->toPlainText();
    prompt()->setFocus();
    QTest::keyClick(prompt(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(triggered.count(), 1);
    QCOMPARE(prompt()->toPlainText(), before);
    QTest::keyClick(prompt(), Qt::Key_Return);
    QVERIFY(prompt()->toPlainText() != before);
}

void TestFormPanel::aNewFormKeepsWhatIsOpen()
{
    section(QStringLiteral("Upscale"))->setOpen(true);
    section(QStringLiteral("Essentials"))->setOpen(false);
    QSignalSpy rebuilt(&m_form->document, &WorkflowDocument::formChanged);
    m_form->document.setCatalog(test::testCatalog());
    QVERIFY(!rebuilt.isEmpty() || rebuilt.wait(5000));
    QTRY_VERIFY(section(QStringLiteral("Upscale")));
    QVERIFY(section(QStringLiteral("Upscale"))->isOpen());
    QVERIFY(!section(QStringLiteral("Essentials"))->isOpen());
}

void TestFormPanel::closingShowsWhatToDo()
{
    m_form->document.close();
    QTRY_VERIFY(m_form->panel.sections().isEmpty());
    bool told = false;
    const auto labels = m_form->panel.findChildren<QLabel*>();
    for (const QLabel* label : labels)
        told = told || (label->isVisible() && label->text().startsWith(QLatin1String("Open a workflow")));
    QVERIFY(told);
}

void TestFormPanel::aNodeTheServerLacksIsStillInReach()
{
    const QString path = m_form->folder.filePath(QStringLiteral("mystery.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"1":{"class_type":"Mystery <b>","inputs":{"curve":{"points":[0.5,1]},"name":"a"}}})");
    file.close();
    QVERIFY(m_form->open(path, test::testCatalog()));
    const qsizetype curve = m_form->index(QStringLiteral("1"), QStringLiteral("curve"));
    QVERIFY(curve >= 0);
    m_form->panel.revealField(curve);
    auto* edit = qobject_cast<QPlainTextEdit*>(editor(QStringLiteral("1"), QStringLiteral("curve")));
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("{\"points\":[1,"));
    FieldRow* row = m_form->panel.rowOf(curve);
    QVERIFY(!row->errorText().isEmpty()); // not a value yet: said, and the document keeps the last one
    QVERIFY(edit->property("invalid").toBool());
    QCOMPARE(writeJson(m_form->document.field(curve).value), QByteArray(R"({"points":[0.5,1]})"));
    QTest::keyClicks(edit, QStringLiteral("2.0]}"));
    QCOMPARE(row->errorText(), QString());
    QCOMPARE(writeJson(m_form->document.field(curve).value), QByteArray(R"({"points":[1,2.0]})"));
    QCOMPARE(edit->toPlainText(), QStringLiteral("{\"points\":[1,2.0]}"));
}

void TestFormPanel::narrowPanelsStack()
{
    FieldRow* steps = m_form->row(QStringLiteral("5"), QStringLiteral("steps"));
    FieldRow* cfg = m_form->row(QStringLiteral("5"), QStringLiteral("cfg"));
    QVERIFY(steps && cfg);
    m_form->panel.resize(420, 860);
    QTRY_COMPARE(steps->mapTo(&m_form->panel, QPoint()).y(), cfg->mapTo(&m_form->panel, QPoint()).y());
    m_form->panel.resize(260, 860);
    QTRY_VERIFY(steps->mapTo(&m_form->panel, QPoint()).y() < cfg->mapTo(&m_form->panel, QPoint()).y());
    QTRY_COMPARE(steps->width(), cfg->width());
}

QTEST_MAIN(TestFormPanel)
#include "tst_formpanel.moc"
