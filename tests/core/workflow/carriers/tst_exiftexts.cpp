// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/carriers/exiftexts.h"
#include "tests/core/workflow/carriers/picturebytes.h"

#include <QStringConverter>
#include <QTest>

using namespace gesso;
using namespace gesso::carrierbytes;

namespace {

constexpr quint16 kDescription = 0x010e;
constexpr quint16 kMake = 0x010f;
constexpr quint16 kModel = 0x0110;
constexpr quint16 kExifDirectory = 0x8769;
constexpr quint16 kUserComment = 0x9286;
constexpr quint16 kXpComment = 0x9c9c;

QByteArray encoded(const QString& text, QStringConverter::Encoding encoding,
                   QStringConverter::Flags flags = QStringConverter::Flag::Default)
{
    QStringEncoder encoder(encoding, flags);
    const QByteArray bytes = encoder(text);
    return bytes;
}

QByteArray comment(const char* charset, const QByteArray& text)
{
    return QByteArray(charset).leftJustified(8, '\0') + text;
}

QByteArray oneText(const QByteArray& block, const QString& key)
{
    return textOf(exifTexts(block), key);
}

} // namespace

class TestExifTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void userComment_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<QString>("text");
        const QString words = QStringLiteral("grüße 漢字 🎨, steps: 20");
        using C = QStringConverter;
        for (const bool big : {true, false}) {
            const char* const order = big ? "MM" : "II";
            QTest::addRow("%s UTF-16 big", order)
                << comment("UNICODE", encoded(words, C::Utf16BE)) << big << words;
            QTest::addRow("%s UTF-16 little", order)
                << comment("UNICODE", encoded(words, C::Utf16LE)) << big << words;
            QTest::addRow("%s UTF-16 with mark", order)
                << comment("UNICODE", encoded(words, C::Utf16LE, C::Flag::WriteBom)) << big << words;
            QTest::addRow("%s ASCII", order) << comment("ASCII", "a cat") << big << QStringLiteral("a cat");
            QTest::addRow("%s ASCII that is UTF-8", order)
                << comment("ASCII", words.toUtf8()) << big << words;
            QTest::addRow("%s undefined", order) << comment("", words.toUtf8()) << big << words;
            QTest::addRow("%s without a prefix", order)
                << QByteArray("a cat, asleep") << big << QStringLiteral("a cat, asleep");
        }
        // Nothing but Chinese: no zeros to tell by, so the block's order counts.
        QTest::newRow("no zeros, big") << comment("UNICODE", encoded(QStringLiteral("漢字"), C::Utf16BE))
                                       << true << QStringLiteral("漢字");
        QTest::newRow("no zeros, little") << comment("UNICODE", encoded(QStringLiteral("漢字"), C::Utf16LE))
                                          << false << QStringLiteral("漢字");
        QTest::newRow("padded with NULs")
            << comment("ASCII", QByteArray("cat\0\0\0", 6)) << true << QStringLiteral("cat");
        QTest::newRow("half a character")
            << comment("UNICODE", encoded(QStringLiteral("ab"), C::Utf16BE).chopped(1)) << true
            << QStringLiteral("a");
        if (QStringDecoder("ISO-2022-JP").isValid()) {
            QTest::newRow("JIS") << comment("JIS", "\x1b$B4A;z\x1b(B") << true << QStringLiteral("漢字");
        }
    }
    void userComment()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, bigEndian);
        QFETCH(QString, text);
        const QByteArray block = exifBlock({}, {{kUserComment, 7, value}}, bigEndian);
        QCOMPARE(QString::fromUtf8(oneText(block, QStringLiteral("UserComment"))), text);
        QCOMPARE(exifTexts(block).first().place, QStringLiteral("EXIF UserComment"));
    }

    void keyBeforeTheText_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("as ComfyUI") << QByteArray("workflow:{\"a\": 1}") << QStringLiteral("workflow")
                                    << QByteArray("{\"a\": 1}");
        QTest::newRow("capital and space")
            << QByteArray("Prompt: {\"a\": 1}") << QStringLiteral("prompt") << QByteArray("{\"a\": 1}");
        QTest::newRow("prose") << QByteArray("a cat: asleep") << QStringLiteral("ImageDescription")
                               << QByteArray("a cat: asleep");
        QTest::newRow("JSON without key")
            << QByteArray("{\"a\": 1}") << QStringLiteral("ImageDescription") << QByteArray("{\"a\": 1}");
        QTest::newRow("Latin-1") << QByteArray("gr\xfc\xdf") << QStringLiteral("ImageDescription")
                                 << QByteArray("grüß");
        QTest::newRow("short, in the field")
            << QByteArray("cat") << QStringLiteral("ImageDescription") << QByteArray("cat");
        QTest::newRow("markup stays text")
            << QByteArray("<b>x</b>&amp;") << QStringLiteral("ImageDescription")
            << QByteArray("<b>x</b>&amp;");
    }
    void keyBeforeTheText()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, key);
        QFETCH(QByteArray, text);
        for (const bool bigEndian : {true, false}) {
            QCOMPARE(oneText(exifBlock({{kDescription, 2, value}}, {}, bigEndian), key), text);
        }
    }

    void readsEveryField()
    {
        const QByteArray xp =
            encoded(QStringLiteral("grüße"), QStringConverter::Utf16LE) + QByteArray(2, '\0');
        const TextList texts = exifTexts(exifBlock({{kMake, 2, "workflow:{}"},
                                                    {kModel, 2, "prompt:{}"},
                                                    {kXpComment, 1, xp},
                                                    {0x0131, 2, "Program 1"}},
                                                   {{kUserComment, 7, comment("ASCII", "words")}}));
        QStringList keys;
        for (const EmbeddedText& text : texts) {
            keys.append(text.key);
        }
        QCOMPARE(
            keys,
            QStringList({QStringLiteral("workflow"), QStringLiteral("prompt"), QStringLiteral("XPComment"),
                         QStringLiteral("Software"), QStringLiteral("UserComment")}));
        QCOMPARE(textOf(texts, QStringLiteral("XPComment")), QByteArray("grüße"));
    }

    void hostile_data()
    {
        QTest::addColumn<QByteArray>("block");
        const QByteArray head = "MM" + big16(42);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only an order") << QByteArray("MM");
        QTest::newRow("another number than 42") << "MM" + big16(43) + big32(8) + big16(1);
        QTest::newRow("directory outside") << head + big32(0xfffffff0);
        QTest::newRow("directory at the end") << head + big32(8);
        const QByteArray manyFields = head + big32(8) + big16(0xffff);
        QTest::newRow("fields outside") << manyFields;
        QTest::newRow("value outside")
            << manyFields + big16(kMake) + big16(2) + big32(0xffffffff) + big32(0xffffffff);
        QTest::newRow("length beyond 32 bits")
            << manyFields + big16(kMake) + big16(12) + big32(0xffffffff) + big32(8);
        QTest::newRow("text of another type") << exifBlock({{kMake, 3, "workflow:{}"}});
        QTest::newRow("EXIF is itself") << exifBlock({{kExifDirectory, 4, big32(8)}});
        QTest::newRow("EXIF outside") << exifBlock({{kExifDirectory, 4, big32(0xffffff00)}});
        QTest::newRow("EXIF names no place") << exifBlock({{kExifDirectory, 2, "here"}});
        QTest::newRow("comment of zeros") << exifBlock({}, {{kUserComment, 7, QByteArray(64, '\0')}});
        QTest::newRow("comment that is only a prefix")
            << exifBlock({}, {{kUserComment, 7, comment("UNICODE", {})}});
    }
    void hostile()
    {
        QFETCH(QByteArray, block);
        QCOMPARE(exifTexts(block), TextList());
    }

    // A circle of directories: each is read once.
    void circles()
    {
        QByteArray block =
            exifBlock({{kMake, 2, "workflow:{}"}}, {{kModel, 2, "prompt:{}"}, {kExifDirectory, 4, big32(8)}});
        QCOMPARE(exifTexts(block).size(), 2);
    }

    // Fields that all point at the same bytes do not multiply them.
    void fieldsOverEachOther()
    {
        const int count = 200;
        const quint32 length = 100'000;
        QByteArray block = "MM" + big16(42) + big32(8) + big16(count);
        for (int i = 0; i < count; ++i) {
            block += big16(kMake) + big16(2) + big32(length) + big32(8 + 2 + count * 12);
        }
        block += QByteArray(length, 'x');
        QCOMPARE(exifTexts(block).size(), 1);
    }

    void everyCutAndChange()
    {
        const QByteArray block =
            exifBlock({{kMake, 2, "workflow:{\"a\": 1}"}}, {{kUserComment, 7, comment("ASCII", "words")}});
        for (qsizetype i = 0; i < block.size(); ++i) {
            QVERIFY(exifTexts(block.first(i)).size() <= 2);
            for (const char value : {'\x00', '\x01', '\x7f', '\xff'}) {
                QByteArray changed = block;
                changed[i] = value;
                QVERIFY(exifTexts(changed).size() <= 16);
            }
        }
    }

    void items()
    {
        const QByteArray block = exifBlock({{kMake, 2, "workflow:{}"}});
        QCOMPARE(exifItemTexts(QByteArray(big32(0) + block)).size(), 1);
        QCOMPARE(exifItemTexts(QByteArray(big32(6) + block)).size(),
                 1); // behind "Exif\0\0", as the standard says
        QCOMPARE(exifItemTexts(QByteArray(big32(0xffffffff) + block)), TextList());
        QCOMPARE(exifItemTexts(block.mid(6)).size(), 1); // without the four bytes, as some write it
        QCOMPARE(exifItemTexts("ab"), TextList());
    }
};

QTEST_GUILESS_MAIN(TestExifTexts)
#include "tst_exiftexts.moc"
