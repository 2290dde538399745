// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/mp3texts.h"
#include "tests/core/workflow/carriers/carrierbytes.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

QByteArray synchSafe(quint32 value)
{
    QByteArray bytes;
    for (int shift = 21; shift >= 0; shift -= 7) {
        bytes += char((value >> shift) & 0x7f);
    }
    return bytes;
}

QByteArray tag(int version, const QByteArray& frames, int flags = 0)
{
    return "ID3" + QByteArray(1, char(version)) + '\0' + char(flags) + synchSafe(quint32(frames.size()))
        + frames;
}

QByteArray frame4(const QByteArray& id, const QByteArray& body, int flags = 0)
{
    return id + synchSafe(quint32(body.size())) + big16(quint16(flags)) + body;
}

QByteArray frame3(const QByteArray& id, const QByteArray& body, int flags = 0)
{
    return id + big32(quint32(body.size())) + big16(quint16(flags)) + body;
}

QByteArray frame2(const QByteArray& id, const QByteArray& body)
{
    return id + big32(quint32(body.size())).mid(1) + body;
}

QByteArray latin(const QByteArray& description, const QByteArray& text, char encoding = 3)
{
    return encoding + description + '\0' + text;
}

QByteArray utf16(const QByteArray& ascii)
{
    QByteArray wide("\xff\xfe", 2);
    for (const char letter : ascii) {
        wide += letter;
        wide += '\0';
    }
    return wide;
}

QByteArray deflated(const QByteArray& text)
{
    return qCompress(text).mid(4);
}

const QByteArray kPlain = latin("workflow", "{}");
const QByteArray kSound("\xff\xfb\x90\x64", 4); // 128 kbit/s, 44,100 Hz: 417 bytes

} // namespace

class TestMp3Texts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsSounds()
    {
        const QByteArray frame = kSound + QByteArray(413, 'x');
        QVERIFY(isMp3(tag(4, {})));
        QVERIFY(isMp3(frame.repeated(2)));
        QVERIFY(!isMp3(frame));
        QVERIFY(!isMp3(frame.leftJustified(1000, 'x')));
        QVERIFY(!isMp3("ID"));
        QVERIFY(!isMp3({}));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray empty("{}");
        const QByteArray wide = '\1' + utf16("workflow") + QByteArray(2, '\0') + utf16("{}");
        QTest::newRow("2.4") << tag(4, frame4("TXXX", kPlain)) << "workflow" << empty;
        QTest::newRow("2.3") << tag(3, frame3("TXXX", kPlain)) << "workflow" << empty;
        QTest::newRow("2.2") << tag(2, frame2("TXX", kPlain)) << "workflow" << empty;
        QTest::newRow("2.4 with sizes of 2.3, as iTunes wrote them")
            << tag(4, frame3("TXXX", latin("workflow", QByteArray(200, 'x'))) + frame3("TIT2", "\3a"))
            << "workflow" << QByteArray(200, 'x');
        QTest::newRow("capitals") << tag(4, frame4("TXXX", latin("PROMPT", "{}"))) << "prompt" << empty;
        QTest::newRow("UTF-16 with mark") << tag(3, frame3("TXXX", wide)) << "workflow" << empty;
        QTest::newRow("UTF-16 big endian")
            << tag(4, frame4("TXXX", QByteArray("\2\0a\0\0\0b", 7))) << "a" << QByteArray("b");
        QTest::newRow("UTF-8 that is called Latin-1")
            << tag(3, frame3("TXXX", latin("a", "é", 0))) << "a" << QByteArray("é");
        QTest::newRow("Latin-1 that is called UTF-8")
            << tag(4, frame4("TXXX", latin("a", "\xe9"))) << "a" << QByteArray("é");
        QTest::newRow("terminated") << tag(4, frame4("TXXX", latin("a", QByteArray("b\0", 2)))) << "a"
                                    << QByteArray("b");
        QTest::newRow("comment") << tag(3, frame3("COMM", latin("engworkflow", "{}"))) << "workflow" << empty;
        QTest::newRow("comment without a name")
            << tag(3, frame3("COMM", latin("eng", "{}"))) << "comment" << empty;
        QTest::newRow("behind other frames") << tag(
            4, frame4("TIT2", "\3title") + frame4("CHAP", QByteArray(40, 'x')) + frame4("TXXX", kPlain))
                                             << "workflow" << empty;
        QTest::newRow("compressed") << tag(
            3, frame3("TXXX", big32(quint32(kPlain.size())) + deflated(kPlain), 0x80))
                                    << "workflow" << empty;
        QTest::newRow("2.4 with length and group")
            << tag(4, frame4("TXXX", "g" + synchSafe(quint32(kPlain.size())) + kPlain, 0x41)) << "workflow"
            << empty;
        QTest::newRow("2.4 frame protected from false synchronisation")
            << tag(4, frame4("TXXX", latin("a", QByteArray("\xff\0\xe0", 3)), 0x02)) << "a"
            << QByteArray("ÿà");
        QTest::newRow("2.3 tag protected from false synchronisation")
            << tag(3, frame3("TXXX", latin("a", "\xff\xe0")).replace("\xff", QByteArray("\xff\0", 2)), 0x80)
            << "a" << QByteArray("ÿà");
        QTest::newRow("2.3 with extended header")
            << tag(3, big32(6) + QByteArray(6, '\0') + frame3("TXXX", kPlain), 0x40) << "workflow" << empty;
        QTest::newRow("2.4 with extended header")
            << tag(4, synchSafe(6) + QByteArray("\1\0", 2) + frame4("TXXX", kPlain), 0x40) << "workflow"
            << empty;
        QTest::newRow("padding") << tag(4, frame4("TXXX", kPlain) + QByteArray(100, '\0')) << "workflow"
                                 << empty;
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, key);
        QTEST(textOf(readTexts(mp3Texts, bytes + kSound), key), "expected");
    }

    // Nothing of these is a text; the first two overflow TagLib's own stack, or fill gigabytes.
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray chapters;
        for (quint32 depth = 20'000; depth > 0; --depth) { // each has all the inner ones for its content
            chapters +=
                "CHAP" + big32(28 * depth - 10) + big16(0) + QByteArray("x\0", 2) + QByteArray(16, '\0');
        }
        QTest::newRow("nested chapters") << tag(3, chapters);
        QTest::newRow("100 MB compressed to 100 kB")
            << tag(3, frame3("TXXX", big32(1) + deflated(latin("a", QByteArray(100'000'000, 'x'))), 0x80));
        QTest::newRow("other frames compressed")
            << tag(3, frame3("APIC", big32(1) + deflated(QByteArray(10'000'000, 'x')), 0x80));
        QTest::newRow("encrypted") << tag(3, frame3("TXXX", kPlain, 0x40));
        QTest::newRow("unknown encoding") << tag(4, frame4("TXXX", latin("a", "b", 7)));
        QTest::newRow("frame larger than the tag") << tag(3, "TXXX" + big32(0x7fffffff) + big16(0) + kPlain);
        QTest::newRow("frame of size zero") << tag(3, frame3("TXXX", {}) + frame3("TXXX", kPlain));
        QTest::newRow("tag of size zero") << "ID3" + QByteArray(7, '\0') + frame3("TXXX", kPlain);
        QTest::newRow("size that is not synch-safe")
            << "ID3" + QByteArray("\4\0\0", 3) + big32(0x80) + frame4("TXXX", kPlain);
        QTest::newRow("extended header larger than the tag")
            << tag(3, big32(0x7fffffff) + frame3("TXXX", kPlain), 0x40);
        QTest::newRow("length without room") << tag(4, frame4("TXXX", "abc", 0x01));
        QTest::newRow("comment without a language") << tag(4, frame4("COMM", "\3en"));
        QTest::newRow("no text") << tag(4, frame4("TXXX", "\3"));
        QTest::newRow("no tag") << kSound;
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(mp3Texts, bytes), TextList());
    }

    void keepsRepeatedKeysInOrder()
    {
        const QByteArray frames = frame4("TXXX", latin("a", "1")) + frame4("COMM", latin("enga", "2"))
            + frame4("TXXX", latin("a", "3"));
        const TextList texts = readTexts(mp3Texts, tag(4, frames));
        QCOMPARE(texts.size(), 3);
        QCOMPARE(texts[0].text, QByteArray("1"));
        QCOMPARE(texts[1].text, QByteArray("2"));
        QCOMPARE(texts[2].text, QByteArray("3"));
    }

    void takesTheTextBeforeManyTerminators()
    {
        const QByteArray body = latin("a", QByteArray("b\0", 2).repeated(1'000'000));
        QCOMPARE(textOf(readTexts(mp3Texts, tag(3, frame3("TXXX", body))), QStringLiteral("a")),
                 QByteArray("b"));
    }

    void boundsTheNumberOfTexts()
    {
        const QByteArray frames = frame4("TXXX", kPlain).repeated(2 * kMaxTexts);
        QCOMPARE(readTexts(mp3Texts, tag(4, frames)).size(), kMaxTexts);
    }

    void survivesAttacks_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("2.4") << tag(4, frame4("TXXX", kPlain) + frame4("COMM", latin("eng", "[]")));
        QTest::newRow("2.3") << tag(3, frame3("TXXX", kPlain) + frame3("COMM", latin("eng", "[]")));
        QTest::newRow("2.2") << tag(2, frame2("TXX", kPlain) + frame2("COM", latin("eng", "[]")));
    }

    void survivesAttacks()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(mp3Texts, bytes).size(), 2);
        QCOMPARE(brokenByTruncation(mp3Texts, bytes), QString());
        QCOMPARE(brokenByChange(mp3Texts, bytes), QString());
    }

    void readsTheRecordedSound()
    {
        GESSO_NEEDS_DATA();
        const QByteArray bytes = testkit::readAll(testkit::dataFolder() + u"/media/tone_00002_.mp3");
        QVERIFY(isMp3(bytes));
        const TextList texts = readTexts(mp3Texts, bytes);
        QVERIFY(parseJson(textOf(texts, QStringLiteral("workflow"))).has_value());
        QVERIFY(textOf(texts, QStringLiteral("prompt")).contains("\"SaveAudioMP3\""));
        QCOMPARE(brokenByTruncation(mp3Texts, bytes), QString());
    }
};

QTEST_GUILESS_MAIN(TestMp3Texts)
#include "tst_mp3texts.moc"
