// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/xmptexts.h"
#include "tests/core/workflow/carriers/picturebytes.h"

#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

class TestXmpTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("packet");
        QTest::addColumn<TextList>("texts");
        const auto one = [](const char* key, const char* text) {
            return TextList{{QString::fromLatin1(key), text, QStringLiteral("XMP")}};
        };
        QTest::newRow("element") << xmpPacket("<c:workflow>{&quot;a&quot;: 1}</c:workflow>")
                                 << one("workflow", "{\"a\": 1}");
        QTest::newRow("CDATA") << xmpPacket("<c:workflow><![CDATA[{\"a\": \"<b>\"}]]></c:workflow>")
                               << one("workflow", "{\"a\": \"<b>\"}");
        QTest::newRow("list") << xmpPacket(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">grüße 漢字</rdf:li>"
            "</rdf:Alt></dc:description>")
                              << one("description", "grüße 漢字");
        QTest::newRow("attribute") << xmpPacket("<rdf:li c:prompt=\"a cat\"/>") << one("prompt", "a cat");
        QTest::newRow("twice") << xmpPacket("<c:a>1</c:a><c:a>2</c:a>") << one("a", "1") + one("a", "2");
        QTest::newRow("nothing") << xmpPacket("  ") << TextList();
        const QByteArray both = xmpPacket("<c:a>1</c:a><c:b>2</c:b>");
        QTest::newRow("cut") << both.first(both.indexOf("2</c:b>")) << one("a", "1");
        QTest::newRow("no XML") << QByteArray("hello") << TextList();
        QTest::newRow("empty") << QByteArray() << TextList();
        QTest::newRow("NULs") << QByteArray(64, '\0') << TextList();
        QTest::newRow("entities that grow") << "<!DOCTYPE x [<!ENTITY a \"" + QByteArray(1000, 'a')
                + "\"><!ENTITY b \"&a;&a;&a;&a;\">]><x><y>&b;</y></x>"
                                            << TextList();
        QTest::newRow("file entity") << QByteArray(
            "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x><y>&a;</y></x>")
                                     << TextList();
        QTest::newRow("very deep") << QByteArray("<a>").repeated(100'000) + "text" << TextList();
    }
    void reads()
    {
        QFETCH(QByteArray, packet);
        QFETCH(TextList, texts);
        QCOMPARE(xmpTexts(packet), texts);
    }

    void manyTexts()
    {
        QCOMPARE(xmpTexts(xmpPacket(QByteArray("<c:a>1</c:a>").repeated(1000))).size(), kMaxTexts);
    }
};

QTEST_GUILESS_MAIN(TestXmpTexts)
#include "tst_xmptexts.moc"
