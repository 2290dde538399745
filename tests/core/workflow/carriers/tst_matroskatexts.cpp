// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/matroskatexts.h"
#include "tests/core/workflow/carriers/carrierbytes.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

const QByteArray kUnknownSize("\x01\xff\xff\xff\xff\xff\xff\xff", 8);
const QByteArray kSegmentId("\x18\x53\x80\x67", 4);
const QByteArray kClusterId("\x1f\x43\xb6\x75", 4);
const QByteArray kTagsId("\x12\x54\xc3\x67", 4);

// Sizes in eight bytes, so that places are easily counted.
QByteArray element(const QByteArray& id, const QByteArray& content)
{
    QByteArray size = big64(quint64(content.size()));
    size[0] = 1;
    return id + size + content;
}

QByteArray simpleTag(const QByteArray& name, const QByteArray& text, const QByteArray& inner = {})
{
    return element("\x67\xc8", element("\x45\xa3", name) + element("\x44\x87", text) + inner);
}

QByteArray tags(const QByteArray& simpleTags)
{
    return element(kTagsId, element("\x73\x73", element("\x63\xc0", {}) + simpleTags));
}

QByteArray cluster()
{
    return element(kClusterId, element("\xe7", "\1") + element("\xa3", QByteArray(50, '\xa3')));
}

QByteArray unsizedCluster()
{
    return kClusterId + kUnknownSize + element("\xe7", "\1") + element("\xa3", QByteArray(50, 'x'));
}

QByteArray seekHead(const QByteArray& id, quint64 position)
{
    return element("\x11\x4d\x9b\x74",
                   element("\x4d\xbb", element("\x53\xab", id) + element("\x53\xac", big64(position))));
}

constexpr quint64 kSeekHeadBytes = 12 + 10 + 10 + 4 + 10 + 8; // as written above

QByteArray fileOf(const QByteArray& segment)
{
    return element("\x1a\x45\xdf\xa3", element("\x42\x82", "webm")) + segment;
}

QByteArray sized(const QByteArray& children)
{
    return fileOf(element(kSegmentId, children));
}

QByteArray unsized(const QByteArray& children)
{
    return fileOf(kSegmentId + kUnknownSize + children);
}

} // namespace

class TestMatroskaTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsFilms()
    {
        QVERIFY(isMatroska(sized({})));
        QVERIFY(!isMatroska("\x1a\x45\xdf"));
        QVERIFY(!isMatroska("{}"));
        QVERIFY(!isMatroska({}));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray both = tags(simpleTag("PROMPT", "{}") + simpleTag("WORKFLOW", "[1]"));
        const QByteArray one("[1]");
        QTest::newRow("before the clusters") << sized(both + cluster()) << "workflow" << one;
        QTest::newRow("after the clusters") << sized(cluster() + cluster() + both) << "workflow" << one;
        QTest::newRow("segment without size") << unsized(cluster() + both) << "workflow" << one;
        QTest::newRow("cluster without size")
            << unsized(unsizedCluster() + unsizedCluster() + both) << "workflow" << one;
        QTest::newRow("tags without size")
            << unsized(kTagsId + kUnknownSize + element("\x73\x73", simpleTag("A", "b")) + cluster()) << "A"
            << QByteArray("b");
        QTest::newRow("other names keep their case")
            << sized(tags(simpleTag("Encoder", "x"))) << "Encoder" << QByteArray("x");
        QTest::newRow("nested") << sized(tags(simpleTag("A", "b", simpleTag("PROMPT", "{}")))) << "prompt"
                                << QByteArray("{}");
        QTest::newRow("text before its name")
            << sized(tags(element("\x67\xc8", element("\x44\x87", "b") + element("\x45\xa3", "A")))) << "A"
            << QByteArray("b");
        QTest::newRow("Latin-1") << sized(tags(simpleTag("A", "\xe9"))) << "A" << QByteArray("é");
        QTest::newRow("trailing NUL")
            << sized(tags(simpleTag("A", QByteArray("b\0", 2)))) << "A" << QByteArray("b");
        QTest::newRow("second segment") << sized(cluster()) + sized(both) << "workflow" << one;
        QTest::newRow("second segment after one without size")
            << unsized(cluster()) + sized(both) << "workflow" << one;
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, key);
        QTEST(textOf(readTexts(matroskaTexts, bytes), key), "expected");
    }

    // The table of contents is used: clusters that cannot be walked through do not hide the tags behind them.
    void jumpsOverClusters()
    {
        const QByteArray broken = kClusterId + QByteArray(500, '\0');
        const QByteArray wanted = tags(simpleTag("WORKFLOW", "{}"));
        const quint64 place = kSeekHeadBytes + quint64(broken.size());
        QCOMPARE(seekHead(kTagsId, 0).size(), qsizetype(kSeekHeadBytes));
        QCOMPARE(readTexts(matroskaTexts, sized(broken + wanted)), TextList());
        QCOMPARE(readTexts(matroskaTexts, sized(seekHead(kTagsId, place) + broken + wanted)).size(), 1);
    }

    void seeksWrongly_data()
    {
        QTest::addColumn<quint64>("place");
        QTest::newRow("to itself") << quint64(0);
        QTest::newRow("into the middle") << quint64(5);
        QTest::newRow("to the cluster") << kSeekHeadBytes;
        QTest::newRow("outside") << quint64(1'000'000);
        QTest::newRow("far outside") << ~quint64(0);
        QTest::newRow("negative") << (quint64(1) << 63);
    }

    void seeksWrongly()
    {
        QFETCH(quint64, place);
        const QByteArray bytes = sized(seekHead(kTagsId, place) + cluster() + tags(simpleTag("A", "b")));
        QCOMPARE(readTexts(matroskaTexts, bytes).size(), 1); // found by walking
    }

    void readsTagsOnceThatAreNamedTwice()
    {
        const quint64 place = 2 * kSeekHeadBytes + quint64(cluster().size());
        const QByteArray heads = seekHead(kTagsId, place) + seekHead(kTagsId, place);
        QCOMPARE(readTexts(matroskaTexts, sized(heads + cluster() + tags(simpleTag("A", "b")))).size(), 1);
    }

    // Nothing of these is a text, and none of them hangs.
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("only a head") << fileOf({});
        QTest::newRow("id of five bytes") << sized(QByteArray("\x08\x80\x80\x80\x80\x80", 6));
        QTest::newRow("size of nine bytes") << sized(kTagsId + QByteArray(9, '\0'));
        QTest::newRow("text larger than the file") << sized(
            element(kTagsId,
                    element("\x73\x73", element("\x67\xc8", element("\x45\xa3", "A") + "\x44\x87\x4f\xff"))));
        QTest::newRow("text of unknown size of a tag")
            << fileOf(element(kSegmentId, tags(element("\x67\xc8", element("\x45\xa3", "A")))) + "\x44\x87"
                      + kUnknownSize);
        QTest::newRow("text without a name") << sized(tags(simpleTag({}, "b")));
        QTest::newRow("endless name") << sized(tags(simpleTag(QByteArray(5000, 'n'), "b")));
        QTest::newRow("binary value")
            << sized(tags(element("\x67\xc8", element("\x45\xa3", "A") + element("\x44\x85", "b"))));
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(matroskaTexts, bytes), TextList());
    }

    void boundsTheDepth()
    {
        QByteArray nested = simpleTag("A", "b");
        for (int depth = 0; depth < 10'000; ++depth) {
            nested = element("\x67\xc8", nested);
        }
        QCOMPARE(readTexts(matroskaTexts, sized(tags(nested))), TextList());
    }

    void boundsTheNumberOfTexts()
    {
        QByteArray many;
        for (int i = 0; i < 2 * kMaxTexts; ++i) {
            many += simpleTag("A", "b");
        }
        QCOMPARE(readTexts(matroskaTexts, sized(tags(many))).size(), kMaxTexts);
    }

    void boundsTheNumberOfElements()
    {
        const QByteArray voids = QByteArray("\xec\x80", 2).repeated(600'000);
        QCOMPARE(readTexts(matroskaTexts, sized(voids + tags(simpleTag("A", "b")))), TextList());
    }

    void survivesAttacks_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray both = tags(simpleTag("PROMPT", "{}") + simpleTag("WORKFLOW", "[1]"));
        QTest::newRow("walked") << sized(cluster() + both);
        QTest::newRow("without sizes") << unsized(unsizedCluster() + both);
        QTest::newRow("by the table of contents")
            << sized(seekHead(kTagsId, kSeekHeadBytes + quint64(cluster().size())) + cluster() + both);
    }

    void survivesAttacks()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(matroskaTexts, bytes).size(), 2);
        QCOMPARE(brokenByTruncation(matroskaTexts, bytes), QString());
        QCOMPARE(brokenByChange(matroskaTexts, bytes), QString());
    }

    void readsTheRecordedFilm()
    {
        GESSO_NEEDS_DATA();
        const QByteArray bytes = testkit::readAll(testkit::dataFolder() + u"/media/clip_00001_.webm");
        QVERIFY(isMatroska(bytes));
        const TextList texts = readTexts(matroskaTexts, bytes);
        QVERIFY(parseJson(textOf(texts, QStringLiteral("workflow"))).has_value());
        QVERIFY(textOf(texts, QStringLiteral("prompt")).contains("\"SaveWEBM\""));
        QCOMPARE(brokenByTruncation(matroskaTexts, bytes), QString());
    }
};

QTEST_GUILESS_MAIN(TestMatroskaTexts)
#include "tst_matroskatexts.moc"
