// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/prompthighlighter.h"

#include "tests/views/widgets/themed.h"

#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

using namespace gesso;

class TestPromptHighlighter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colors_data();
    void colors();
    void commentsReachOverLines();
    void followsTheTheme();
    void hostileTextIsQuick();

private:
    // The colour token over `part`, by its first letter; an empty string for plain text.
    QColor colorOf(const QTextDocument& document, const QString& part) const;
};

QColor TestPromptHighlighter::colorOf(const QTextDocument& document, const QString& part) const
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const qsizetype at = block.text().indexOf(part);
        if (at < 0)
            continue;
        const auto formats = block.layout()->formats();
        for (const QTextLayout::FormatRange& range : formats) {
            if (range.start <= at && at < range.start + range.length)
                return range.format.foreground().color();
        }
        return {};
    }
    return QColor(Qt::magenta); // not found at all
}

void TestPromptHighlighter::colors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("token"); // -1: plain
    const auto row = [](const char* name, const char* text, const char* part, int token) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(part) << token;
    };
    row("weight", "a (warm light:1.2), sea", "warm", int(ColorToken::Accent));
    row("after a weight", "a (warm light:1.2), sea", "sea", -1);
    row("nested", "((a:1.1) b:1.2)", "b", int(ColorToken::Accent));
    row("brackets without a weight", "a (warm light)", "warm", -1);
    row("escaped", "a \\(warm:1.2\\)", "warm", -1);
    row("unclosed", "a (warm:1.2", "warm", -1);
    row("lora", "a <lora:gouache:0.8>", "gouache", int(ColorToken::Good));
    row("embedding", "embedding:easynegative, b", "easy", int(ColorToken::Good));
    row("less than", "a < b > c", "b", -1);
    row("choice bar", "{mist|clear}", "|", int(ColorToken::Warn));
    row("choice words", "{mist|clear}", "mist", -1);
    row("no choice", "{mist}", "{", -1);
    row("comment", "a /* (b:1.2) */ c", "b", int(ColorToken::TextFaint));
}

void TestPromptHighlighter::colors()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    QFETCH(int, token);
    test::Themed themed;
    QTextDocument document(text);
    PromptHighlighter highlighter(themed.theme, &document);
    highlighter.rehighlight();
    const QColor expected = token < 0 ? QColor() : themed.theme.color(ColorToken(token));
    QCOMPARE(colorOf(document, part), expected);
}

void TestPromptHighlighter::commentsReachOverLines()
{
    test::Themed themed;
    QTextDocument document(QStringLiteral("one /* two\nthree\nfour */ five"));
    PromptHighlighter highlighter(themed.theme, &document);
    highlighter.rehighlight();
    const QColor faint = themed.theme.color(ColorToken::TextFaint);
    QCOMPARE(colorOf(document, QStringLiteral("three")), faint);
    QCOMPARE(colorOf(document, QStringLiteral("four")), faint);
    QCOMPARE(colorOf(document, QStringLiteral("five")), QColor());
    QCOMPARE(colorOf(document, QStringLiteral("one")), QColor());
}

void TestPromptHighlighter::followsTheTheme()
{
    test::Themed themed;
    themed.theme.setChoice(ThemeChoice::Dark);
    QTextDocument document(QStringLiteral("(warm:1.2)"));
    PromptHighlighter highlighter(themed.theme, &document);
    highlighter.rehighlight();
    themed.theme.setChoice(ThemeChoice::Light);
    QCOMPARE(colorOf(document, QStringLiteral("warm")), themed.theme.color(ColorToken::Accent));
}

void TestPromptHighlighter::hostileTextIsQuick()
{
    test::Themed themed;
    QTextDocument document(QString(20000, u'(') + QString(20000, u'{') + QString(20000, u'<'));
    PromptHighlighter highlighter(themed.theme, &document);
    highlighter.rehighlight();
    QCOMPARE(colorOf(document, QStringLiteral("(")), QColor());
}

QTEST_MAIN(TestPromptHighlighter)
#include "tst_prompthighlighter.moc"
