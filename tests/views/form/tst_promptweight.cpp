// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/promptweight.h"

#include <QTest>

using namespace gesso;

namespace {

// "|" marks caret or selection: one for a caret, two for a selection.
TextSelection marked(QString text)
{
    TextSelection selection;
    selection.start = text.indexOf(u'|');
    text.remove(selection.start, 1);
    selection.end = text.indexOf(u'|');
    if (selection.end < 0)
        selection.end = selection.start;
    else
        text.remove(selection.end, 1);
    selection.text = text;
    return selection;
}

} // namespace

class TestPromptWeight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void adjusts_data();
    void adjusts();
    void selectsWhatItChanged();
    void upAndDownIsNothing();
    void counts_data();
    void counts();
};

void TestPromptWeight::adjusts_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<double>("delta");
    QTest::addColumn<QString>("after");
    const auto row = [](const char* name, const char* before, double delta, const char* after) {
        QTest::newRow(name) << QString::fromUtf8(before) << delta << QString::fromUtf8(after);
    };
    row("word at the caret", "a warm li|ght, sea", 0.05, "a warm (light:1.05), sea");
    row("caret at the word's end", "a warm light|, sea", 0.05, "a warm (light:1.05), sea");
    row("down", "a |light", -0.05, "a (light:0.95)");
    row("selection", "a |warm light|, sea", 0.05, "a (warm light:1.05), sea");
    row("spaces stay outside", "a| warm light |sea", 0.05, "a (warm light:1.05) sea");
    row("caret in a weight", "(warm li|ght:1.2), sea", 0.05, "(warm light:1.25), sea");
    row("selected words of a weight", "(|warm light|:1.2), sea", -0.05, "(warm light:1.15), sea");
    row("selected brackets", "|(warm light:1.2)|, sea", 0.05, "(warm light:1.25), sea");
    row("back to one", "(light:1.05|)", -0.05, "light");
    row("through one", "(light:0.95|)", 0.05, "light");
    row("a part of a weight gets its own", "(warm |light| dusk:1.2)", 0.05, "(warm (light:1.05) dusk:1.2)");
    row("brackets without a weight", "(li|ght)", 0.05, "((light:1.05))");
    row("escaped brackets are letters", "lamp \\(o|ld\\) post", 0.05, "lamp \\((old:1.05)\\) post");
    row("umlauts and CJK", "schöne Kü|ste 海", 0.05, "schöne (Küste:1.05) 海");
    row("nothing there", "a, |, b", 0.05, "a, , b");
    row("empty", "|", 0.05, "");
    row("far down", "(a|:0.05)", -0.1, "(a:-0.05)");
    row("broken brackets", "((li|ght", 0.05, "(((light:1.05)");
}

void TestPromptWeight::adjusts()
{
    QFETCH(QString, before);
    QFETCH(double, delta);
    QFETCH(QString, after);
    QCOMPARE(adjustWeight(marked(before), delta).text, after);
}

void TestPromptWeight::selectsWhatItChanged()
{
    const TextSelection result = adjustWeight(marked(QStringLiteral("a li|ght b")), 0.05);
    QCOMPARE(result.text.sliced(result.start, result.end - result.start), QStringLiteral("(light:1.05)"));
    const TextSelection again = adjustWeight(result, 0.05);
    QCOMPARE(again.text, QStringLiteral("a (light:1.1) b"));
}

void TestPromptWeight::upAndDownIsNothing()
{
    TextSelection selection = marked(QStringLiteral("a warm li|ght, sea"));
    const QString text = selection.text;
    for (int i = 0; i < 30; ++i)
        selection = adjustWeight(selection, 0.05);
    for (int i = 0; i < 30; ++i)
        selection = adjustWeight(selection, -0.05);
    QCOMPARE(selection.text, text);
}

void TestPromptWeight::counts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("words");
    const auto row = [](const char* text, int words) {
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text) << words;
    };
    row("", 0);
    row("a lighthouse", 2);
    row("a  lighthouse,\n at dusk.", 4);
    row("(warm light:1.2), <lora:gouache:0.8>", 2);
    row("it's semi-transparent", 2);
    row("schöne Küste", 2);
    row("灯台 sea", 3);
    row("🙂", 0);
    row("{mist|clear sky}", 3);
}

void TestPromptWeight::counts()
{
    QFETCH(QString, text);
    QFETCH(int, words);
    QCOMPARE(wordCount(text), words);
}

QTEST_GUILESS_MAIN(TestPromptWeight)
#include "tst_promptweight.moc"
