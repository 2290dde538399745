// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/isomediatexts.h"
#include "tests/core/workflow/carriers/carrierbytes.h"
#include "tests/testkit/testdata.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

QByteArray box(const QByteArray& type, const QByteArray& content)
{
    return big32(quint32(content.size()) + 8) + type + content;
}

QByteArray longBox(const QByteArray& type, const QByteArray& content)
{
    return big32(1) + type + big64(quint64(content.size()) + 16) + content;
}

QByteArray fileOf(const QByteArray& rest)
{
    return box("ftyp", "isom" + big32(512) + "isommp41") + rest;
}

QByteArray handler(const QByteArray& kind)
{
    return box("hdlr", QByteArray(8, '\0') + kind + QByteArray(13, '\0'));
}

QByteArray value(const QByteArray& text, quint32 type = 1)
{
    return box("data", big32(type) + big32(0) + text);
}

QByteArray keys(const QList<QByteArray>& names)
{
    QByteArray content = big32(0) + big32(quint32(names.size()));
    for (const QByteArray& name : names) {
        content += big32(quint32(name.size()) + 8) + "mdta" + name;
    }
    return box("keys", content);
}

QByteArray mdtaMeta(const QByteArray& prefix = QByteArray(4, '\0'))
{
    const QByteArray items = box(big32(1), value("{\"nodes\":[]}")) + box(big32(2), value("{\"1\":{}}"));
    return box("meta", prefix + handler("mdta") + keys({"workflow", "PROMPT"}) + box("ilst", items));
}

QByteArray iTunesMeta(const QByteArray& items)
{
    return box("meta", QByteArray(4, '\0') + handler("mdir") + box("ilst", items));
}

QByteArray freeForm(const QByteArray& name, const QByteArray& text)
{
    return box("----",
               box("mean", big32(0) + "com.apple.iTunes") + box("name", big32(0) + name) + value(text));
}

QByteArray movie(const QByteArray& userData)
{
    return box("moov", box("mvhd", QByteArray(100, '\0')) + box("udta", userData));
}

} // namespace

class TestIsoMediaTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsFilms_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<bool>("expected");
        QTest::newRow("mp4") << box("ftyp", "isom....") << true;
        QTest::newRow("mov") << box("ftyp", "qt  ....") << true;
        QTest::newRow("old mov") << box("moov", "........") << true;
        QTest::newRow("avif") << box("ftyp", "avif....") << false;
        QTest::newRow("heic") << box("ftyp", "heic....") << false;
        QTest::newRow("short") << QByteArray("\0\0\0\x20"
                                             "ftyp",
                                             8)
                               << false;
        QTest::newRow("json") << QByteArray("{\"ftyp\":\"isom\"}") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }

    void knowsFilms()
    {
        QFETCH(QByteArray, head);
        QTEST(isIsoMedia(head), "expected");
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("expected");
        const QByteArray graph("{\"nodes\":[]}");
        const QByteArray film = box("mdat", QByteArray(1000, 'x'));
        QTest::newRow("mdta keys") << fileOf(film + movie(mdtaMeta())) << "workflow" << graph;
        QTest::newRow("capitals of a known key")
            << fileOf(movie(mdtaMeta())) << "prompt" << QByteArray("{\"1\":{}}");
        QTest::newRow("meta of QuickTime, without a version")
            << fileOf(movie(mdtaMeta({}))) << "workflow" << graph;
        QTest::newRow("meta in the movie") << fileOf(box("moov", mdtaMeta())) << "workflow" << graph;
        QTest::newRow("meta in the file") << fileOf(mdtaMeta()) << "workflow" << graph;
        QTest::newRow("before the film") << fileOf(movie(mdtaMeta()) + film) << "workflow" << graph;
        QTest::newRow("film of 64-bit size")
            << fileOf(longBox("mdat", "xx") + movie(mdtaMeta())) << "workflow" << graph;
        QTest::newRow("last box without size")
            << fileOf(big32(0) + "moov" + mdtaMeta()) << "workflow" << graph;
        QTest::newRow("iTunes comment")
            << fileOf(movie(iTunesMeta(box("\251cmt", value(graph))))) << "comment" << graph;
        QTest::newRow("iTunes own name")
            << fileOf(movie(iTunesMeta(freeForm("workflow", graph)))) << "workflow" << graph;
        QTest::newRow("UTF-16") << fileOf(
            movie(iTunesMeta(box("\251cmt", value(QByteArray("\0{\0}\x26\0", 6), 2)))))
                                << "comment" << QByteArray("{}☀");
        QTest::newRow("Latin-1 that is called UTF-8")
            << fileOf(movie(iTunesMeta(box("\251cmt", value("\xe9t\xe9"))))) << "comment"
            << QByteArray("été");
        QTest::newRow("QuickTime user data")
            << fileOf(movie(box("\251cmt", big16(12) + big16(0x55c4) + graph))) << "comment" << graph;
        QTest::newRow("second language")
            << fileOf(movie(box("\251cmt", big16(1) + big16(0) + "a" + big16(2) + big16(1) + "bc")))
            << "comment" << QByteArray("a");
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, key);
        QVERIFY(isIsoMedia(bytes));
        QTEST(textOf(readTexts(isoMediaTexts, bytes), key), "expected");
    }

    // Nothing of these is a text, and none of them hangs.
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray comment = box("\251cmt", value("{}"));
        QTest::newRow("size below its header") << fileOf(big32(7) + "moov" + mdtaMeta());
        QTest::newRow("64-bit size below its header") << fileOf(big32(1) + "moov" + big64(15) + mdtaMeta());
        QTest::newRow("64-bit size of all bits")
            << fileOf(big32(1) + "mdat" + big64(~quint64(0)) + movie(comment));
        QTest::newRow("value larger than the file") << fileOf(movie(
            iTunesMeta(big32(0x7fffffff) + "\251cmt" + big32(0x7ffffff0) + "data" + big32(1) + big32(0))));
        QTest::newRow("number of a key that is not there") << fileOf(movie(
            box("meta", big32(0) + handler("mdta") + keys({"a"}) + box("ilst", box(big32(2), value("x"))))));
        QTest::newRow("key number zero") << fileOf(movie(
            box("meta", big32(0) + handler("mdta") + keys({"a"}) + box("ilst", box(big32(0), value("x"))))));
        QTest::newRow("key of size zero")
            << fileOf(movie(box("meta",
                                big32(0) + handler("mdta") + box("keys", big32(0) + big32(9) + big32(0))
                                    + box("ilst", box(big32(1), value("x"))))));
        QTest::newRow("key without a name") << fileOf(movie(
            box("meta", big32(0) + handler("mdta") + keys({""}) + box("ilst", box(big32(1), value("x"))))));
        QTest::newRow("value of another type")
            << fileOf(movie(iTunesMeta(box("\251cmt", value("\1\2", 21)))));
        QTest::newRow("value without its header")
            << fileOf(movie(iTunesMeta(box("\251cmt", box("data", "abc")))));
        QTest::newRow("user data that claims more")
            << fileOf(movie(box("\251cmt", big16(0xffff) + big16(0) + "abc")));
        QTest::newRow("only a head") << fileOf({});
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(isoMediaTexts, bytes), TextList());
    }

    void keepsRepeatedKeysInOrder()
    {
        const QByteArray items = box("\251cmt", value("one") + value("two")) + box("\251cmt", value("three"));
        const TextList texts = readTexts(isoMediaTexts, fileOf(movie(iTunesMeta(items))));
        QCOMPARE(texts.size(), 3);
        QCOMPARE(texts[0].text, QByteArray("one"));
        QCOMPARE(texts[1].text, QByteArray("two"));
        QCOMPARE(texts[2].text, QByteArray("three"));
    }

    void boundsTheNumberOfTexts()
    {
        QByteArray items;
        for (int i = 0; i < 2 * kMaxTexts; ++i) {
            items += box("\251cmt", value("x"));
        }
        QCOMPARE(readTexts(isoMediaTexts, fileOf(movie(iTunesMeta(items)))).size(), kMaxTexts);
    }

    void boundsTheNumberOfBoxes()
    {
        QByteArray bytes = fileOf({});
        for (int i = 0; i < 300'000; ++i) {
            bytes += box("free", {});
        }
        QCOMPARE(readTexts(isoMediaTexts, bytes + mdtaMeta()), TextList());
    }

    void survivesAttacks_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("mdta") << fileOf(movie(mdtaMeta()));
        QTest::newRow("iTunes") << fileOf(
            movie(iTunesMeta(box("\251cmt", value("{}")) + freeForm("workflow", "{}"))));
        QTest::newRow("QuickTime") << fileOf(movie(box("\251cmt", big16(2) + big16(0) + "{}")));
    }

    void survivesAttacks()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!readTexts(isoMediaTexts, bytes).isEmpty());
        QCOMPARE(brokenByTruncation(isoMediaTexts, bytes), QString());
        QCOMPARE(brokenByChange(isoMediaTexts, bytes), QString());
    }

    void readsTheRecordedFilm()
    {
        GESSO_NEEDS_DATA();
        const QByteArray bytes = testkit::readAll(testkit::dataFolder() + u"/media/clip_00001_.mp4");
        QVERIFY(isIsoMedia(bytes));
        const TextList texts = readTexts(isoMediaTexts, bytes);
        QVERIFY(parseJson(textOf(texts, QStringLiteral("workflow"))).has_value());
        QVERIFY(textOf(texts, QStringLiteral("prompt")).contains("\"SaveVideo\""));
        QCOMPARE(brokenByTruncation(isoMediaTexts, bytes), QString());
    }
};

QTEST_GUILESS_MAIN(TestIsoMediaTexts)
#include "tst_isomediatexts.moc"
