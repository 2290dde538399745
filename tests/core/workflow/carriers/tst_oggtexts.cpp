// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/oggtexts.h"
#include "tests/core/workflow/carriers/carrierbytes.h"
#include "tests/core/workflow/carriers/vorbisbytes.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

// Pages with the parts of packets between them; a part of a multiple of 255 bytes goes on in the next page.
QByteArray page(const QByteArray& part, bool isContinued = false, bool endsHere = true)
{
    QByteArray lacing(part.size() / 255, '\xff');
    if (endsHere) {
        lacing += char(part.size() % 255);
    }
    QByteArray flags(1, isContinued ? '\1' : '\0');
    return "OggS" + QByteArray(1, '\0') + flags + QByteArray(20, '\0') + char(lacing.size()) + lacing + part;
}

// As ffmpeg does it: as many full pages as the packet takes.
QByteArray pages(const QByteArray& packet)
{
    constexpr qsizetype kFull = 255 * 255;
    QByteArray result;
    qsizetype at = 0;
    for (; packet.size() - at > kFull; at += kFull) {
        result += page(packet.mid(at, kFull), at > 0, false);
    }
    return result + page(packet.mid(at), at > 0);
}

QByteArray opus(const QList<QByteArray>& comments)
{
    return page("OpusHead" + QByteArray(11, '\0')) + pages("OpusTags" + vorbisBlock(comments))
        + page("sound");
}

QByteArray vorbis(const QList<QByteArray>& comments)
{
    return page("\x01vorbis" + QByteArray(23, '\0')) + pages("\x03vorbis" + vorbisBlock(comments) + "\1")
        + page("sound");
}

} // namespace

class TestOggTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsSounds()
    {
        QVERIFY(isOgg(opus({})));
        QVERIFY(!isOgg("Ogg"));
        QVERIFY(!isOgg({}));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray large = "{\"a\":\"" + QByteArray(200'000, 'x') + "\"}";
        QTest::newRow("Opus") << opus({"prompt={}", "workflow=[1]"}) << QByteArray("[1]");
        QTest::newRow("Vorbis") << vorbis({"WORKFLOW=[1]"}) << QByteArray("[1]");
        QTest::newRow("over several pages") << opus({"workflow=" + large}) << large;
        QTest::newRow("Latin-1") << opus({"workflow=\xe9"}) << QByteArray("é");
        QTest::newRow("another codec")
            << page("theirs") + page("theirs too" + vorbisBlock({"workflow={}"})) << QByteArray();
        QTest::newRow("no second packet") << page("OpusHead") << QByteArray();
        QTest::newRow("pages without end")
            << page("OpusHead") + page(QByteArray(255, 'x'), false, false) << QByteArray();
        QTest::newRow("page without segments")
            << page("OpusHead") + "OggS" + QByteArray(23, '\0') + opus({"workflow={}"}) << QByteArray();
        QTest::newRow("only a head") << QByteArray("OggS") << QByteArray();
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QTEST(textOf(readTexts(oggTexts, bytes), QStringLiteral("workflow")), "expected");
    }

    // Half a million pages of one byte each: what TagLib keeps of them stays within its bounds, and it ends.
    void boundsTheNumberOfPages()
    {
        const QByteArray small =
            page("OpusHead") + page("x", false, true).left(27) + QByteArray(1, '\xff') + QByteArray(255, 'x');
        const QByteArray endless = page(QByteArray(255, 'x'), true, false).repeated(200'000);
        QCOMPARE(readTexts(oggTexts, small + endless), TextList());
    }

    void survivesAttacks_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("Opus") << opus({"workflow={}", "prompt=[]"});
        QTest::newRow("Vorbis") << vorbis({"workflow={}", "prompt=[]"});
    }

    void survivesAttacks()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(oggTexts, bytes).size(), 2);
        QCOMPARE(brokenByTruncation(oggTexts, bytes), QString());
        QCOMPARE(brokenByChange(oggTexts, bytes), QString());
    }

    void readsTheRecordedSound()
    {
        GESSO_NEEDS_DATA();
        const QByteArray bytes = testkit::readAll(testkit::dataFolder() + u"/media/tone_00003_.opus");
        QVERIFY(isOgg(bytes));
        const TextList texts = readTexts(oggTexts, bytes);
        QVERIFY(parseJson(textOf(texts, QStringLiteral("workflow"))).has_value());
        QVERIFY(textOf(texts, QStringLiteral("prompt")).contains("\"SaveAudioOpus\""));
        QCOMPARE(brokenByTruncation(oggTexts, bytes), QString());
    }
};

QTEST_GUILESS_MAIN(TestOggTexts)
#include "tst_oggtexts.moc"
