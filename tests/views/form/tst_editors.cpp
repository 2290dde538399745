// SPDX-License-Identifier: GPL-3.0-or-later
// Each editor through the panel and the document, by keyboard and mouse.
#include "tests/views/form/formfixture.h"
#include "views/form/editors/sizeeditor.h"
#include "views/form/fieldeditor.h"
#include "views/form/fieldlabel.h"
#include "views/form/fieldrow.h"
#include "views/form/formsection.h"
#include "views/widgets/combopopup.h"
#include "views/widgets/combosearch.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/valueslider.h"

#include <QApplication>
#include <QClipboard>
#include <QFloat16> // QCOMPARE of Json wants it whole
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

using namespace gesso;
using gesso::test::FormFixture;

class TestEditors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_form.reset(); }
    void weightKeysInAPrompt();
    void aPromptGrowsWithItsText();
    void wordsAreCounted();
    void numbersTakeArithmetic();
    void aBarDragIsOneUndoStep();
    void seedsReachTheEndOfTheirRange();
    void diceRuleAndCopy();
    void aSeedSaysWhosePictureItMade();
    void sizeSwapsAndKeepsItsAreaUnderARatio();
    void ratioNames();
    void comboChoosesByTyping();
    void numericChoicesStayNumbers();
    void aSwitchSaysItsWords();
    void oneLineOfText();

private:
    QWidget* target(const char* node, const char* input) const
    {
        const qsizetype index = m_form->index(QLatin1String(node), QLatin1String(input));
        FieldRow* row = m_form->panel.rowOf(index);
        return row ? row->editor()->focusTarget(int(row->fields().indexOf(index))) : nullptr;
    }
    QLineEdit* line(const char* node, const char* input) const
    {
        return qobject_cast<QLineEdit*>(target(node, input));
    }
    Json value(const char* node, const char* input) const
    {
        return m_form->value(QLatin1String(node), QLatin1String(input));
    }
    FieldRow* row(const char* node, const char* input) const
    {
        return m_form->row(QLatin1String(node), QLatin1String(input));
    }
    QString trailingText(const char* node, const char* input) const
    {
        QWidget* widget = row(node, input)->editor()->trailing();
        const auto* label = qobject_cast<QLabel*>(widget);
        return label ? label->text() : qobject_cast<QAbstractButton*>(widget)->text();
    }
    QAbstractButton* button(const char* node, const char* input, const QString& name) const
    {
        const auto buttons = row(node, input)->findChildren<QAbstractButton*>();
        for (QAbstractButton* candidate : buttons) {
            if (candidate->accessibleName().startsWith(name))
                return candidate;
        }
        return nullptr;
    }
    void type(QLineEdit* edit, const QString& text) const
    {
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    std::unique_ptr<FormFixture> m_form;
};

void TestEditors::init()
{
    m_form = std::make_unique<FormFixture>();
    QVERIFY(m_form->openLighthouse());
    m_form->panel.show();
    m_form->panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&m_form->panel));
    for (FormSection* section : m_form->panel.sections()) {
        section->setOpen(true);
        QTRY_VERIFY(section->isComplete());
    }
}

void TestEditors::weightKeysInAPrompt()
{
    auto* edit = qobject_cast<QPlainTextEdit*>(target("3", "text"));
    edit->setFocus();
    edit->moveCursor(QTextCursor::Start);
    QTest::keyClick(edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(edit->toPlainText(), QStringLiteral("(blurry:1.05), text, watermark"));
    QTest::keyClick(edit, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(toQString(value("3", "text")), QStringLiteral("(blurry:1.1), text, watermark"));
    QTest::keyClick(edit, Qt::Key_Down, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(edit->toPlainText(), QStringLiteral("blurry, text, watermark"));
}

void TestEditors::aPromptGrowsWithItsText()
{
    auto* edit = qobject_cast<QPlainTextEdit*>(target("3", "text"));
    const int before = edit->height();
    edit->setFocus();
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(edit->height() >= before + 3 * edit->fontMetrics().lineSpacing());
    const int grown = edit->height();
    for (int i = 0; i < 60; ++i)
        QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(edit->height() < grown + 12 * edit->fontMetrics().lineSpacing()); // then it scrolls
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QCOMPARE(edit->height(), before);
}

void TestEditors::wordsAreCounted()
{
    QCOMPARE(trailingText("3", "text"), QStringLiteral("3 words"));
    auto* edit = qobject_cast<QPlainTextEdit*>(target("3", "text"));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("fog"));
    QCOMPARE(trailingText("3", "text"), QStringLiteral("1 word"));
}

void TestEditors::numbersTakeArithmetic()
{
    type(line("4", "width"), QStringLiteral("1024*1.5"));
    QCOMPARE(writeJson(value("4", "width")), QByteArray("1536"));
    type(line("5", "cfg"), QStringLiteral("14/4"));
    QCOMPARE(writeJson(value("5", "cfg")), QByteArray("3.5"));
    type(line("5", "cfg"), QStringLiteral("7"));
    QCOMPARE(writeJson(value("5", "cfg")), QByteArray("7.0"));
    type(line("10", "offset"), QStringLiteral("-9007199254740993"));
    QCOMPARE(writeJson(value("10", "offset")), QByteArray("-9007199254740993"));
    type(line("5", "steps"), QStringLiteral("99999"));
    QCOMPARE(writeJson(value("5", "steps")), QByteArray("10000"));
}

void TestEditors::aBarDragIsOneUndoStep()
{
    auto* slider = row("5", "steps")->findChild<ValueSlider*>();
    QVERIFY(slider);
    const int undoBefore = m_form->document.undoStack()->count();
    QTest::mousePress(slider, Qt::LeftButton, {}, QPoint(2, 8));
    for (int x = 4; x <= slider->width(); x += 4)
        QTest::mouseMove(slider, QPoint(x, 8));
    QTest::mouseMove(slider, QPoint(slider->width() + 30, 8));
    QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(slider->width(), 8));
    QCOMPARE(value("5", "steps"), Json(50));
    QCOMPARE(m_form->document.undoStack()->count(), undoBefore + 1);
    m_form->document.undoStack()->undo();
    QCOMPARE(value("5", "steps"), Json(20));
    QCOMPARE(line("5", "steps")->text(), QStringLiteral("20"));
}

void TestEditors::seedsReachTheEndOfTheirRange()
{
    QCOMPARE(line("8", "seed")->text(), QStringLiteral("18446744073709551615"));
    type(line("5", "seed"), QStringLiteral("18446744073709551615"));
    QCOMPARE(writeJson(value("5", "seed")), QByteArray("18446744073709551615"));
    // All twenty digits are seen.
    QTRY_VERIFY(line("5", "seed")->width()
                >= line("5", "seed")->fontMetrics().horizontalAdvance(line("5", "seed")->text()));
    type(line("5", "seed"), QStringLiteral("18446744073709551616"));
    QCOMPARE(writeJson(value("5", "seed")), QByteArray("18446744073709551615"));
}

void TestEditors::diceRuleAndCopy()
{
    const Json before = value("5", "seed");
    QTest::mouseClick(button("5", "seed", QStringLiteral("New random")), Qt::LeftButton);
    QVERIFY(value("5", "seed") != before);
    QCOMPARE(line("5", "seed")->text().toULongLong(), value("5", "seed").get<quint64>());
    m_form->document.undoStack()->undo();
    QCOMPARE(value("5", "seed"), before);

    QSignalSpy chosen(&m_form->panel, &FormPanel::seedRuleChosen);
    m_form->panel.setSeedRule(SeedRule::Fixed);
    QAbstractButton* rule = button("5", "seed", QStringLiteral("Keep this seed"));
    QVERIFY(rule);
    QTest::mouseClick(rule, Qt::LeftButton);
    auto* menu = rule->findChild<QMenu*>();
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        if (action->text().startsWith(QLatin1String("Count up"))
            || action->text().startsWith(QLatin1String("Copy")))
            action->trigger();
    }
    menu->close();
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<SeedRule>(), SeedRule::Increment);
    QVERIFY(rule->accessibleName().startsWith(QLatin1String("Count up")));
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("8817432960155"));
}

void TestEditors::aSeedSaysWhosePictureItMade()
{
    QCOMPARE(trailingText("5", "seed"), QString());
    m_form->panel.setShownSeed(Seed{8817432960155});
    QCOMPARE(trailingText("5", "seed"), QStringLiteral("this picture"));
    QCOMPARE(trailingText("8", "seed"), QString()); // another sampler's
    type(line("5", "seed"), QStringLiteral("7"));
    QCOMPARE(trailingText("5", "seed"), QStringLiteral("next"));
    m_form->panel.setShownSeed(Seed{7});
    QCOMPARE(trailingText("5", "seed"), QStringLiteral("this picture"));
    m_form->panel.setNextSeedText(QStringLiteral("next 42"));
    const auto buttons = row("5", "seed")->findChildren<QAbstractButton*>();
    QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QAbstractButton* candidate) {
        return candidate->accessibleName().contains(QLatin1String("next 42"));
    }));
}

void TestEditors::sizeSwapsAndKeepsItsAreaUnderARatio()
{
    QCOMPARE(row("4", "width"), row("4", "height")); // one row
    QCOMPARE(trailingText("4", "width"), QStringLiteral("1:1"));
    type(line("4", "height"), QStringLiteral("768"));
    QCOMPARE(trailingText("4", "width"), QStringLiteral("4:3"));
    QTest::mouseClick(button("4", "width", QStringLiteral("Swap")), Qt::LeftButton);
    QCOMPARE(value("4", "width"), Json(768));
    QCOMPARE(value("4", "height"), Json(1024));

    auto* ratio = qobject_cast<QAbstractButton*>(row("4", "width")->editor()->trailing());
    QTest::mouseClick(ratio, Qt::LeftButton);
    auto* menu = ratio->findChild<QMenu*>();
    QVERIFY(menu);
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        if (action->text() == QLatin1String("16:9"))
            action->trigger();
    }
    menu->close();
    const int width = value("4", "width").get<int>();
    const int height = value("4", "height").get<int>();
    QCOMPARE(width % 8, 0);
    QCOMPARE(height % 8, 0);
    QVERIFY(qAbs(width * height - 768 * 1024) < 768 * 1024 / 20);
    QCOMPARE(ratio->text(), QStringLiteral("16:9"));
}

void TestEditors::ratioNames()
{
    QCOMPARE(SizeEditor::ratioName(1024, 1024), QStringLiteral("1:1"));
    QCOMPARE(SizeEditor::ratioName(1920, 1080), QStringLiteral("16:9"));
    QCOMPARE(SizeEditor::ratioName(832, 1216), QStringLiteral("custom"));
    QCOMPARE(SizeEditor::ratioName(0, 1080), QString());
}

void TestEditors::comboChoosesByTyping()
{
    auto* combo = qobject_cast<ComboSearch*>(target("1", "ckpt_name"));
    QVERIFY(combo);
    QCOMPARE(combo->value(),
             QStringLiteral("sdxl\\juggernaut_v9.safetensors")); // kept, though the server has no such
    QVERIFY(combo->property("invalid").toBool());
    combo->setFocus();
    QTest::keyClicks(combo, QStringLiteral("f"));
    auto* popup = combo->findChild<ComboPopup*>();
    QVERIFY(popup && popup->isVisible());
    auto* search = popup->findChild<SearchField*>();
    QTest::keyClicks(search, QStringLiteral("lux"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(toQString(value("1", "ckpt_name")), QStringLiteral("flux/flux1-dev-fp8.safetensors"));
    QTRY_VERIFY(!combo->property("invalid").toBool());
    m_form->document.undoStack()->undo();
    QCOMPARE(combo->value(), QStringLiteral("sdxl\\juggernaut_v9.safetensors"));
    QVERIFY(combo->property("invalid").toBool());
}

void TestEditors::numericChoicesStayNumbers()
{
    auto* combo = qobject_cast<ComboSearch*>(target("10", "factor"));
    QVERIFY(combo);
    QCOMPARE(combo->value(), QStringLiteral("2"));
    combo->setFocus();
    QTest::keyClick(combo, Qt::Key_Down);
    auto* search = combo->findChild<ComboPopup*>()->findChild<SearchField*>();
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(writeJson(value("10", "factor")), QByteArray("4"));
}

void TestEditors::aSwitchSaysItsWords()
{
    auto* widget = qobject_cast<QAbstractButton*>(target("10", "enabled"));
    QVERIFY(widget);
    const auto says = [this](const QString& word) {
        const auto labels = row("10", "enabled")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text() == word; });
    };
    QVERIFY(says(QStringLiteral("upscale")));
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_Space);
    QCOMPARE(value("10", "enabled"), Json(false));
    QVERIFY(says(QStringLiteral("as it is")));
    m_form->document.undoStack()->undo();
    QVERIFY(widget->isChecked());
}

void TestEditors::oneLineOfText()
{
    QLineEdit* note = line("10", "note");
    note->setFocus();
    note->selectAll();
    QTest::keyClicks(note, QStringLiteral("hard light"));
    QCOMPARE(toQString(value("10", "note")), QStringLiteral("hard light"));
    QTest::keyClick(note, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(note->text(), QStringLiteral("soft light"));
}

QTEST_MAIN(TestEditors)
#include "tst_editors.moc"
