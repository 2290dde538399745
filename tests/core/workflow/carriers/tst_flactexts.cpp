// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/flactexts.h"
#include "tests/core/workflow/carriers/carrierbytes.h"
#include "tests/core/workflow/carriers/vorbisbytes.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

QByteArray block(int type, const QByteArray& content, bool isLast = false)
{
    QByteArray header = big32(quint32(content.size()));
    header[0] = char(isLast ? type | 0x80 : type);
    return header + content;
}

QByteArray fileOf(const QByteArray& blocks)
{
    return "fLaC" + block(0, QByteArray(34, '\1')) + blocks + block(1, QByteArray(8, '\0'), true)
        + "\xff\xf8 the sound";
}

} // namespace

class TestFlacTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsSounds()
    {
        QVERIFY(isFlac(fileOf({})));
        QVERIFY(!isFlac("fLa"));
        QVERIFY(!isFlac({}));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("comment");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << QByteArray("workflow={}") << "workflow" << QByteArray("{}");
        QTest::newRow("capitals") << QByteArray("PROMPT={\"a\":\"=\"}") << "prompt"
                                  << QByteArray("{\"a\":\"=\"}");
        QTest::newRow("other names keep their case")
            << QByteArray("Encoder=x") << "Encoder" << QByteArray("x");
        QTest::newRow("UTF-8") << QByteArray("workflow=été ☀ 😀") << "workflow" << QByteArray("été ☀ 😀");
        QTest::newRow("Latin-1") << QByteArray("workflow=\xe9t\xe9") << "workflow" << QByteArray("été");
        QTest::newRow("NaN is left to the reader")
            << QByteArray("prompt={\"x\":NaN}") << "prompt" << QByteArray("{\"x\":NaN}");
        QTest::newRow("no separator") << QByteArray("workflow") << "workflow" << QByteArray();
        QTest::newRow("no name") << QByteArray("={}") << "" << QByteArray();
    }

    void reads()
    {
        QFETCH(QByteArray, comment);
        QFETCH(QString, key);
        const QByteArray bytes = fileOf(block(3, QByteArray(18, '\0')) + block(4, vorbisBlock({comment})));
        QTEST(textOf(readTexts(flacTexts, bytes), key), "expected");
    }

    void keepsTheOrderAndRepeatedKeys()
    {
        const TextList texts =
            readTexts(flacTexts, fileOf(block(4, vorbisBlock({"workflow=1", "prompt=2", "workflow=3"}))));
        QCOMPARE(texts.size(), 3);
        QCOMPARE(texts[0].text, QByteArray("1"));
        QCOMPARE(texts[1].key, QStringLiteral("prompt"));
        QCOMPARE(texts[2].text, QByteArray("3"));
    }

    // How many texts are left of a hostile comment block.
    void givesWhatStandsBeforeTheBreak_data()
    {
        QTest::addColumn<QByteArray>("comments");
        QTest::addColumn<int>("expected");
        const QByteArray good = vorbisBlock({"a=1", "b=2"});
        QTest::newRow("more announced than there are") << vorbisBlock({"a=1"}, 0xffffffff) << 1;
        QTest::newRow("fewer announced than there are") << vorbisBlock({"a=1", "b=2"}, 1) << 1;
        QTest::newRow("vendor larger than the block") << little32(0xffffffff) + good.mid(4) << 0;
        QTest::newRow("vendor of 2 GB") << little32(0x7fffffff) + good.mid(4) << 0;
        QTest::newRow("only a vendor") << little32(3) + "abc" << 0;
        QTest::newRow("comment larger than the block")
            << vorbisBlock({"a=1"}, 2) + little32(0xfffffff0) + "b=2" << 1;
        QTest::newRow("empty block") << QByteArray() << 0;
        QTest::newRow("empty comments") << vorbisBlock({"", "", "a=1"}) << 1;
    }

    void givesWhatStandsBeforeTheBreak()
    {
        QFETCH(QByteArray, comments);
        QFETCH(int, expected);
        QCOMPARE(readTexts(flacTexts, fileOf(block(4, comments))).size(), expected);
    }

    void bounds()
    {
        const QByteArray padding = block(1, {}).repeated(20'000);
        QCOMPARE(readTexts(flacTexts, fileOf(padding + block(4, vorbisBlock({"a=1"})))), TextList());
        QCOMPARE(readTexts(flacTexts, fileOf(block(4, vorbisBlock(QList<QByteArray>(1000, "a=1"))))).size(),
                 kMaxTexts);
    }

    void ignoresWhatFollowsTheLastBlock()
    {
        const QByteArray bytes = fileOf({}) + block(4, vorbisBlock({"a=1"}));
        QCOMPARE(readTexts(flacTexts, bytes), TextList());
    }

    void survivesAttacks()
    {
        const QByteArray bytes = fileOf(block(4, vorbisBlock({"workflow={}", "prompt=[]"})));
        QCOMPARE(readTexts(flacTexts, bytes).size(), 2);
        QCOMPARE(brokenByTruncation(flacTexts, bytes), QString());
        QCOMPARE(brokenByChange(flacTexts, bytes), QString());
    }

    void readsTheRecordedSound()
    {
        GESSO_NEEDS_DATA();
        const QByteArray bytes = testkit::readAll(testkit::dataFolder() + u"/media/tone_00001_.flac");
        QVERIFY(isFlac(bytes));
        const TextList texts = readTexts(flacTexts, bytes);
        QVERIFY(parseJson(textOf(texts, QStringLiteral("workflow"))).has_value());
        QVERIFY(textOf(texts, QStringLiteral("prompt")).contains("\"SaveAudio\""));
        QCOMPARE(brokenByTruncation(flacTexts, bytes), QString());
    }
};

QTEST_GUILESS_MAIN(TestFlacTexts)
#include "tst_flactexts.moc"
