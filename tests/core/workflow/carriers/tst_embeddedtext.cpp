// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/bytesource.h"
#include "core/workflow/carriers/embeddedtext.h"
#include "core/workflow/carriers/textcollector.h"

#include <QBuffer>
#include <QTest>

using namespace gesso;

class TestEmbeddedText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("utf8");
        QTest::newRow("UTF-8") << QByteArray("grüße 漢字 🎨") << QByteArray("grüße 漢字 🎨");
        QTest::newRow("UTF-8 with mark") << QByteArray("\xef\xbb\xbfgrüße") << QByteArray("grüße");
        QTest::newRow("Latin-1") << QByteArray("gr\xfc\xdf") << QByteArray("grüß");
        QTest::newRow("broken UTF-8 is Latin-1") << QByteArray("a\xc3(") << QByteArray("aÃ(");
        QTest::newRow("UTF-8 with a bad byte")
            << QByteArray("grüße \xff!") << QByteArray("grüße \xef\xbf\xbd!");
        QTest::newRow("UTF-16 big, mark") << QByteArray("\xfe\xff\0a\0\xfc", 6) << QByteArray("aü");
        QTest::newRow("UTF-16 little, mark") << QByteArray("\xff\xfe"
                                                           "a\0\xfc\0",
                                                           6)
                                             << QByteArray("aü");
        QTest::newRow("UTF-16 big") << QByteArray("\0{\0}\0\xfc", 6) << QByteArray("{}ü");
        QTest::newRow("UTF-16 little") << QByteArray("{\0}\0\xfc\0", 6) << QByteArray("{}ü");
        QTest::newRow("NULs at the end") << QByteArray("abc\0\0", 5) << QByteArray("abc");
        QTest::newRow("nothing but NULs") << QByteArray(5, '\0') << QByteArray();
        QTest::newRow("empty") << QByteArray() << QByteArray();
    }
    void encodings()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, utf8);
        QCOMPARE(toUtf8(bytes), utf8);
    }

    void collectsWithinBounds()
    {
        TextCollector texts;
        texts.add({}, "no key", {});
        texts.add(QStringLiteral("large"), QByteArray(kMaxTextBytes + 1, 'x'), {});
        texts.add(QStringLiteral("fits"), QByteArray(kMaxTextBytes, 'x'), {});
        texts.add(QStringLiteral("too late"), "x", {});
        QVERIFY(texts.isFull());
        const TextList taken = texts.take();
        QCOMPARE(taken.size(), 1);
        QCOMPARE(taken.first().key, QStringLiteral("fits"));
    }

    void readsOnlyWhatIsThere()
    {
        QBuffer buffer;
        buffer.setData("0123456789");
        buffer.open(QIODevice::ReadOnly);
        ByteSource source(buffer);
        QCOMPARE(source.size(), 10);
        QCOMPARE(source.read(2, 3), QByteArray("234"));
        QCOMPARE(source.read(8, 3), QByteArray());
        QCOMPARE(source.readUpTo(8, 3), QByteArray("89"));
        QCOMPARE(source.read(-1, 3), QByteArray());
        QCOMPARE(source.read(0, -1), QByteArray());
        QCOMPARE(source.read(10, 1), QByteArray());
        QCOMPARE(source.read(0, qint64(1) << 40), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestEmbeddedText)
#include "tst_embeddedtext.moc"
