// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/glbtexts.h"
#include "core/workflow/carriers/heiftexts.h"
#include "core/workflow/carriers/jpegtexts.h"
#include "core/workflow/carriers/jxltexts.h"
#include "core/workflow/carriers/pngtexts.h"
#include "core/workflow/carriers/svgtexts.h"
#include "core/workflow/carriers/webptexts.h"
#include "tests/core/workflow/carriers/picturebytes.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

struct Carrier {
    Reader texts;
};

const QByteArray kExif = exifBlock({{0x010f, 2, "workflow:{\"a\": 1}"}});
const QByteArray kXmp = xmpPacket("<c:prompt>{&quot;b&quot;: 2}</c:prompt>");
const QByteArray kXmpName("http://ns.adobe.com/xap/1.0/\0", 29);
const QByteArray kExtendedName("http://ns.adobe.com/xmp/extension/\0", 35);

QByteArray jpegWithBoth()
{
    return jpeg(jpegSegment(0xe1, kExif) + jpegSegment(0xe1, kXmpName + kXmp)
                + jpegSegment(0xfe, "a comment"));
}

QByteArray webpWithBoth()
{
    return webp(riffChunk("EXIF", kExif) + riffChunk("XMP ", kXmp));
}

QByteArray jxlWithBoth()
{
    return isoBox("JXL ", "\r\n\x87\n") + isoBox("ftyp", "jxl ") + isoBox("Exif", big32(0) + kExif)
        + isoBox("xml ", kXmp) + isoBox("jxlc", "picture");
}

QByteArray itemEntry(quint16 id, const QByteArray& type, const QByteArray& rest = {})
{
    return isoBox("infe",
                  QByteArray("\2\0\0\0", 4) + big16(id) + big16(0) + type + QByteArray(1, '\0') + rest);
}

// iloc of version 1 with numbers of four bytes: id, where it counts from, file, number of parts, offset,
// length.
QByteArray location(quint16 id, quint16 method, quint32 offset, quint32 length)
{
    return big16(id) + big16(method) + big16(0) + big16(1) + big32(offset) + big32(length);
}

// The Exif item stands in "idat", the XMP item behind it in the file.
QByteArray avifWithBoth()
{
    const QByteArray ftyp = isoBox("ftyp", "avif" + big32(0) + "avifmif1");
    const QByteArray exifItem = big32(6) + kExif;
    const QByteArray items = isoBox("iinf",
                                    QByteArray(4, '\0') + big16(2) + itemEntry(1, "Exif")
                                        + itemEntry(2, "mime", QByteArray("application/rdf+xml\0", 20)));
    const auto meta = [&](quint32 xmpAt) -> QByteArray {
        const QByteArray iloc =
            isoBox("iloc",
                   QByteArray("\1\0\0\0\x44\0", 6) + big16(2) + location(1, 1, 0, quint32(exifItem.size()))
                       + location(2, 0, xmpAt, quint32(kXmp.size())));
        return isoBox("meta", QByteArray(4, '\0') + items + iloc + isoBox("idat", exifItem));
    };
    const quint32 xmpAt = quint32(ftyp.size() + meta(0).size()) + 8;
    return ftyp + meta(xmpAt) + isoBox("mdat", kXmp);
}

QByteArray glb(const QByteArray& json)
{
    const QByteArray padded = json + QByteArray((4 - json.size() % 4) % 4, ' ');
    const QByteArray chunks =
        little32(quint32(padded.size())) + "JSON" + padded + little32(4) + "BIN" + QByteArray(5, '\0');
    return "glTF" + little32(2) + little32(quint32(12 + chunks.size())) + chunks;
}

QByteArray glbWithBoth()
{
    return glb("{\"asset\": {\"version\": \"2.0\", \"extras\": {\"workflow\": \"{\\\"a\\\": 1}\", "
               "\"prompt\": {\"b\": 2}}}}");
}

QByteArray pngWithBoth()
{
    return png(pngChunk("tEXt", QByteArray("prompt\0{\"b\": 2}", 15)) + pngChunk("eXIf", kExif));
}

const QByteArray kSvg =
    "<?xml version=\"1.0\"?><!-- c --><svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><![CDATA[\n "
    "{\"prompt\": {\"b\": 2}} ]]></metadata><path d=\"M0 0\"/></svg>";

} // namespace

Q_DECLARE_METATYPE(Carrier)

// The pictures and models that have a reader of their own and share EXIF and XMP.
class TestPictureTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<Carrier>("carrier");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("count");
        QTest::newRow("png") << Carrier{pngTexts} << pngWithBoth() << 2;
        QTest::newRow("jpeg") << Carrier{jpegTexts} << jpegWithBoth() << 3;
        QTest::newRow("webp") << Carrier{webpTexts} << webpWithBoth() << 2;
        QTest::newRow("avif") << Carrier{heifTexts} << avifWithBoth() << 2;
        QTest::newRow("jxl") << Carrier{jxlTexts} << jxlWithBoth() << 2;
        QTest::newRow("glb") << Carrier{glbTexts} << glbWithBoth() << 2;
    }
    void reads()
    {
        QFETCH(Carrier, carrier);
        QFETCH(QByteArray, bytes);
        QFETCH(int, count);
        const TextList texts = readTexts(carrier.texts, bytes);
        QCOMPARE(texts.size(), count);
        QCOMPARE(textOf(texts, QStringLiteral("workflow")), QByteArray("{\"a\": 1}"));
        QCOMPARE(textOf(texts, QStringLiteral("prompt")).replace(' ', ""), QByteArray("{\"b\":2}"));
    }

    void brokenFiles_data() { reads_data(); }
    void brokenFiles()
    {
        QFETCH(Carrier, carrier);
        QFETCH(QByteArray, bytes);
        QCOMPARE(brokenByTruncation(carrier.texts, bytes), QString());
        QCOMPARE(brokenByChange(carrier.texts, bytes), QString());
    }

    void sniffsByContent()
    {
        QVERIFY(isJpeg(jpegWithBoth()) && !isJpeg("\xff\xd8") && !isJpeg({}));
        QVERIFY(isHeif(avifWithBoth()) && !isHeif(isoBox("ftyp", "isom")) && !isHeif({}));
        QVERIFY(isJxl(jxlWithBoth()) && !isJxl("\xff\x0a") && !isJxl({}));
        QVERIFY(isGlb(glbWithBoth()) && !isGlb("glTF") && !isGlb("glTF\1\0\0\0\0\0\0\0"));
        QVERIFY(isWebp(webpWithBoth()) && !isWebp("RIFF1234WAVE"));
        QVERIFY(isSvg(kSvg) && isSvg("\xef\xbb\xbf <svg/>") && isSvg("<!DOCTYPE svg><svg >"));
        QVERIFY(!isSvg("<html><svg/></html>") && !isSvg("svg") && !isSvg({}) && !isSvg("<svgx/>"));
    }

    // Texts that inflate to more than is allowed are given up on after a few.
    void pngBombs()
    {
        const QByteArray bomb = qCompress(QByteArray(kMaxTextBytes + 1, ' '), 9).mid(4);
        const QByteArray chunk = pngChunk("zTXt", QByteArray("big\0\0", 5) + bomb);
        const QByteArray good = pngChunk("tEXt", QByteArray("key\0text", 8));
        QCOMPARE(readTexts(pngTexts, png(chunk + good)).size(), 1);
        QCOMPARE(readTexts(pngTexts, png(chunk.repeated(1000) + good)).size(), 0);
    }

    void jpegSegments_data()
    {
        QTest::addColumn<QByteArray>("segments");
        QTest::addColumn<int>("count");
        const QByteArray workflow = jpegSegment(0xe1, kExif);
        QTest::newRow("padding before a marker") << QByteArray("\xff\xff\xff") + workflow << 1;
        QTest::newRow("a marker without length") << QByteArray("\xff\x01") + workflow << 1;
        QTest::newRow("after the picture began") << jpegSegment(0xda, "x") + workflow << 0;
        QTest::newRow("length of one") << QByteArray("\xff\xe1\0\1", 4) + workflow << 0;
        QTest::newRow("longer than the file") << QByteArray("\xff\xe1\xff\xff") + kExif << 0;
        QTest::newRow("no marker") << "\x12\x34" + workflow << 0;
        QTest::newRow("very many") << jpegSegment(0xfe, "c").repeated(5000) << kMaxTexts;
    }
    void jpegSegments()
    {
        QFETCH(QByteArray, segments);
        QFETCH(int, count);
        QCOMPARE(readTexts(jpegTexts, jpeg(segments)).size(), count);
    }

    void extendedXmp_data()
    {
        QTest::addColumn<QList<QByteArray>>("parts"); // of the packet, in the order of the file
        QTest::addColumn<quint32>("length");
        QTest::addColumn<bool>("isRead");
        const quint32 length = quint32(kXmp.size());
        QTest::newRow("two parts") << QList<QByteArray>{kXmp.first(50), kXmp.mid(50)} << length << true;
        QTest::newRow("one missing") << QList<QByteArray>{kXmp.mid(50)} << length << false;
        QTest::newRow("claims more") << QList<QByteArray>{kXmp} << 0xffffffffU << false;
        QTest::newRow("claims less") << QList<QByteArray>{kXmp} << 10U << false;
    }
    void extendedXmp()
    {
        QFETCH(QList<QByteArray>, parts);
        QFETCH(quint32, length);
        QFETCH(bool, isRead);
        QByteArray segments;
        for (const QByteArray& part : parts) {
            segments += jpegSegment(0xe1,
                                    kExtendedName + QByteArray(32, 'A') + big32(length)
                                        + big32(quint32(kXmp.indexOf(part))) + part);
        }
        QCOMPARE(!textOf(readTexts(jpegTexts, jpeg(segments)), QStringLiteral("prompt")).isEmpty(), isRead);
    }

    void glbThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no extras") << glb("{\"asset\": {\"version\": \"2.0\"}}");
        QTest::newRow("extras of another type") << glb("{\"asset\": {\"extras\": [1]}}");
        QTest::newRow("no JSON") << glb("hello");
        QTest::newRow("deep") << glb(QByteArray(100'000, '['));
        QTest::newRow("binary first") << glbWithBoth().replace("JSON", "BINX");
    }
    void glbThatIsNone()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(readTexts(glbTexts, bytes), TextList());
    }

    void svg_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        const QByteArray object = "{\"prompt\": {\"b\": 2}}";
        QTest::newRow("as ComfyUI writes it") << kSvg << object;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe")
                + QByteArray(reinterpret_cast<const char*>(u"<svg><metadata>x\u00fc</metadata></svg>"),
                             2 * 34)
                                << QByteArray("xü");
        QTest::newRow("cut in the text") << kSvg.first(kSvg.indexOf("]]>")) << QByteArray();
        QTest::newRow("cut after it") << kSvg.first(kSvg.indexOf("<path")) << object;
        QTest::newRow("markup inside")
            << QByteArray("<svg><metadata><r><t>words</t></r></metadata></svg>") << QByteArray("words");
        QTest::newRow("entities that grow")
            << QByteArray("<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>"
                          "<svg><metadata>&b;&b;</metadata></svg>")
            << QByteArray();
        QTest::newRow("file entity") << QByteArray(
            "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><svg><metadata>&a;</metadata></svg>")
                                     << QByteArray();
        QTest::newRow("very deep") << "<svg><metadata>" + QByteArray("<g>").repeated(100'000) << QByteArray();
    }
    void svg()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(textOf(readTexts(svgTexts, bytes), QStringLiteral("metadata")), text);
    }

    void itemsOutsideTheFile()
    {
        QByteArray bytes = avifWithBoth();
        const qsizetype at = bytes.indexOf("iloc") + 4 + 8 + 8; // the offset of the first item
        bytes.replace(at, 4, big32(0xfffffff0));
        const TextList texts = readTexts(heifTexts, bytes);
        QCOMPARE(texts.size(), 1); // the other one still
        QCOMPARE(texts.first().key, QStringLiteral("prompt"));
    }
};

QTEST_GUILESS_MAIN(TestPictureTexts)
#include "tst_picturetexts.moc"
