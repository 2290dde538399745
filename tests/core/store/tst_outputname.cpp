// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/outputname.h"

#include <QTest>

using namespace gesso;

class TestOutputName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void safe_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* what, const QString& name, const QString& expected) {
            QTest::newRow(what) << name << expected;
        };
        const QString x = QStringLiteral("x.png");
        row("plain", x, x);
        row("unicode", QStringLiteral("été ☀ 中文 😀.png"), QStringLiteral("été ☀ 中文 😀.png"));
        row("joined emoji", QStringLiteral("👩\u200D🎨.png"), QStringLiteral("👩\u200D🎨.png"));
        row("traversal", QStringLiteral("../../x.png"), x);
        row("windows traversal", QStringLiteral("..\\..\\x.png"), x);
        row("absolute", QStringLiteral("/etc/x.png"), x);
        row("drive", QStringLiteral("C:\\x.png"), x);
        row("drive without separator", QStringLiteral("C:x.png"), QStringLiteral("C_x.png"));
        row("alternate stream", QStringLiteral("x.png:hidden"), QStringLiteral("x.png_hidden"));
        row("share", QStringLiteral("\\\\host\\share\\x.png"), x);
        row("dots", QStringLiteral(".."), QStringLiteral("result"));
        row("empty", QString(), QStringLiteral("result"));
        row("folder only", QStringLiteral("folder/"), QStringLiteral("result"));
        row("hidden", QStringLiteral(".bashrc"), QStringLiteral("bashrc"));
        row("option", QStringLiteral("-rf.png"), QStringLiteral("_rf.png"));
        row("control", QStringLiteral("x\n\t\x1b[31m.png"), QStringLiteral("x[31m.png"));
        row("right to left", QStringLiteral("x\u202Egnp.exe"), QStringLiteral("xgnp.exe"));
        row("isolates and marks", QStringLiteral("\u2066x\u2069\u200F.png"), x);
        row("right to left mark in the suffix", QStringLiteral("x.\u200Fpng"), x);
        row("zero width space", QStringLiteral("x\u200B.p\uFEFFng"), x);
        row("joiner between letters", QStringLiteral("x\u200D.png\u200C"), x);
        row("joiners of a script", QStringLiteral("می\u200Cخواهم.png"), QStringLiteral("می\u200Cخواهم.png"));
        row("soft hyphen", QStringLiteral("\u00ADx.png"), x);
        row("blank letters", QStringLiteral("\u3164x\u2800\u115F.png"), x);
        row("blank only", QStringLiteral("\u3164\u200B.\u00AD"), QStringLiteral("result"));
        row("two ways to write a letter", QStringLiteral("e\u0301.png"), QStringLiteral("\u00E9.png"));
        row("mixed separators", QStringLiteral("a/..\\b\\../x.png"), x);
        row("encoded separators stay text", QStringLiteral("..%2F..%2Fx.png"),
            QStringLiteral("%2F..%2Fx.png"));
        row("full width separators stay text", QStringLiteral("a\uFF0Fx.png"),
            QStringLiteral("a\uFF0Fx.png"));
        row("home", QStringLiteral("~/x.png"), x);
        row("only a suffix", QStringLiteral(".png"), QStringLiteral("png"));
        row("dash and dots", QStringLiteral("..-x.png"), QStringLiteral("_x.png"));
        row("spaces around", QStringLiteral("  x.png \u00A0\u3000"), x);
        row("line separator", QStringLiteral("x\u2028.png"), x);
        row("lone surrogate", QString(QChar(0xD800)) + x, x);
        row("reserved", QStringLiteral("a<b>c\"d|e?f*.png"), QStringLiteral("a_b_c_d_e_f_.png"));
        row("trailing dots", QStringLiteral("x.png. . ."), x);
        row("device", QStringLiteral("con"), QStringLiteral("_con"));
        row("device with suffix", QStringLiteral("NUL.tar.gz"), QStringLiteral("_NUL.tar.gz"));
        row("device with space", QStringLiteral("aux .png"), QStringLiteral("_aux.png"));
        row("device with number", QStringLiteral("Com1.png"), QStringLiteral("_Com1.png"));
        row("superscript device", QStringLiteral("LPT².png"), QStringLiteral("_LPT².png"));
        row("console device", QStringLiteral("CONIN$.png"), QStringLiteral("_CONIN$.png"));
        row("device in a stream", QStringLiteral("nul:x.png"), QStringLiteral("nul_x.png"));
        row("device before dots", QStringLiteral("prn...png"), QStringLiteral("_prn.png"));
        row("no device", QStringLiteral("console.png"), QStringLiteral("console.png"));
    }

    void safe()
    {
        QFETCH(QString, name);
        QFETCH(QString, expected);
        QCOMPARE(safeFileName(name), expected);
        QCOMPARE(safeFileName(expected), expected); // nothing left to do
    }

    // A suffix says what opens the file: cutting must not make another of it.
    void theSuffixSurvivesCutting()
    {
        const QString longName = QString(300, u'x') + QStringLiteral(".exe.png");
        QVERIFY(safeFileName(longName).endsWith(QStringLiteral("x.png")));
        QVERIFY(!safeFileName(longName).contains(QStringLiteral(".exe")));
        const QString device = QStringLiteral("con") + QString(5000, u' ') + QStringLiteral(".png");
        QCOMPARE(safeFileName(device), QStringLiteral("_con.png"));
    }

    void nullCharacters()
    {
        const QString name = QStringLiteral("a") + QChar(0) + QStringLiteral("b.png") + QChar(0);
        QCOMPARE(safeFileName(name), QStringLiteral("ab.png"));
    }

    // The limit is one of bytes, not of characters.
    void overlong_data()
    {
        QTest::addColumn<QString>("character");
        QTest::newRow("1 byte") << QStringLiteral("x");
        QTest::newRow("2 bytes") << QStringLiteral("ü");
        QTest::newRow("3 bytes") << QStringLiteral("中");
        QTest::newRow("4 bytes") << QStringLiteral("😀");
        QTest::newRow("dots") << QStringLiteral("a.");
        QTest::newRow("device, which gets a letter more") << QStringLiteral("nul.a");
    }

    void overlong()
    {
        QFETCH(QString, character);
        const QString safe = safeFileName(character.repeated(5000) + QStringLiteral(".png"));
        QVERIFY(safe.toUtf8().size() <= maxFileNameBytes);
        QVERIFY(safe.toUtf8().size() > maxFileNameBytes - 8);
        QVERIFY(safe.endsWith(QLatin1String(".png")));
        QCOMPARE(QString::fromUtf8(safe.toUtf8()), safe); // no half character
        QVERIFY(numberedFileName(safe, 100'000).toUtf8().size() < 255);
    }

    void overlongSuffix()
    {
        const QString safe = safeFileName(QStringLiteral("x.") + QString(5000, u'y'));
        QVERIFY(safe.toUtf8().size() <= maxFileNameBytes);
    }

    void pattern_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("serverName");
        QTest::addColumn<QString>("expected");
        const QString server = QStringLiteral("ComfyUI_00001_.png");
        QTest::newRow("none") << QString() << server << server;
        QTest::newRow("all") << QStringLiteral("{title}-{seed}-{date}-{time}-{index}-{name}-{node}") << server
                             << QStringLiteral(
                                    "Sea-18446744073709551615-2026-03-04-05-06-07-3-ComfyUI_00001_-12_5.png");
        QTest::newRow("suffix not doubled") << QStringLiteral("{name}.PNG") << server << server;
        QTest::newRow("unknown token")
            << QStringLiteral("{what} {index}") << server << QStringLiteral("{what} 3.png");
        QTest::newRow("no folder") << QStringLiteral("../{title}/{index}") << server
                                   << QStringLiteral("_Sea_3.png");
        QTest::newRow("hostile server name")
            << QStringLiteral("{name}") << QStringLiteral("../../\u202Ex.png") << QStringLiteral("x.png");
        QTest::newRow("without suffix")
            << QStringLiteral("{index}") << QStringLiteral("file") << QStringLiteral("3");
        QTest::newRow("blank") << QStringLiteral("   ") << server << server;
    }

    void pattern()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, serverName);
        QFETCH(QString, expected);
        OutputNameValues values;
        values.title = QStringLiteral("Sea");
        values.seed = Seed{UINT64_MAX};
        values.time = QDateTime(QDate(2026, 3, 4), QTime(5, 6, 7));
        values.index = 3;
        values.node = QStringLiteral("12:5");
        QCOMPARE(outputFileName(pattern, serverName, values), expected);
    }

    void valuesAreNotPatterns()
    {
        OutputNameValues values;
        values.title = QStringLiteral("{seed}/../{index}");
        QCOMPARE(outputFileName(QStringLiteral("{title} {seed}"), QStringLiteral("x.png"), values),
                 QStringLiteral("{seed}_.._{index}.png"));
    }

    void numbered()
    {
        QCOMPARE(numberedFileName(QStringLiteral("a.png"), 1), QStringLiteral("a.png"));
        QCOMPARE(numberedFileName(QStringLiteral("a.png"), 2), QStringLiteral("a (2).png"));
        QCOMPARE(numberedFileName(QStringLiteral("a"), 12), QStringLiteral("a (12)"));
    }
};

QTEST_GUILESS_MAIN(TestOutputName)
#include "tst_outputname.moc"
