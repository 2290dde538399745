// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/harmlesstext.h"

#include <QTest>

using namespace gesso;

class TestHarmlessText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void nullCharacters();
};

void TestHarmlessText::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const QString& text, const QString& clean, const QString& line) {
        QTest::newRow(name) << text << clean << line;
    };
    row("plain", u"Grüße, 世界 🙂\tx"_qs, u"Grüße, 世界 🙂\tx"_qs, u"Grüße, 世界 🙂\tx"_qs);
    row("colours", u"\x1b[31mred"_qs, u"\uFFFD[31mred"_qs, u"\uFFFD[31mred"_qs);
    row("title of the terminal", u"\x1b]0;owned\x07"_qs, u"\uFFFD]0;owned\uFFFD"_qs,
        u"\uFFFD]0;owned\uFFFD"_qs);
    row("one character that begins a sequence", u"\u009b2J"_qs, u"\uFFFD2J"_qs, u"\uFFFD2J"_qs);
    row("back over what was written", u"rm\b\bok\x7f"_qs, u"rm\uFFFD\uFFFDok\uFFFD"_qs,
        u"rm\uFFFD\uFFFDok\uFFFD"_qs);
    row("over the line", u"safe\rrm"_qs, u"safe\uFFFDrm"_qs, u"safe\uFFFDrm"_qs);
    row("a line of its own", u"a\n[error] b"_qs, u"a\n[error] b"_qs, u"a⏎[error] b"_qs);
    row("as Windows ends it", u"a\r\nb"_qs, u"a\uFFFD\nb"_qs, u"a⏎b"_qs);
    row("as Unicode ends it", u"a\u2028b\u2029c\u0085d"_qs, u"a\u2028b\u2029c\uFFFDd"_qs, u"a⏎b⏎c\uFFFDd"_qs);
    row("right to left", u"a\u202Egnp.exe\u2066"_qs, u"a\uFFFDgnp.exe\uFFFD"_qs, u"a\uFFFDgnp.exe\uFFFD"_qs);
}

void TestHarmlessText::texts()
{
    QFETCH(QString, text);
    QFETCH(QString, clean);
    QFETCH(QString, line);
    QCOMPARE(harmlessText(text), clean);
    QCOMPARE(harmlessLine(text), line);
    QCOMPARE(harmlessLine(line), line);
}

void TestHarmlessText::nullCharacters()
{
    QCOMPARE(harmlessText(QString(QChar(0)) + u'a'), u"\uFFFDa"_qs);
    QCOMPARE(harmlessLine(QString()), QString());
}

QTEST_GUILESS_MAIN(TestHarmlessText)
#include "tst_harmlesstext.moc"
