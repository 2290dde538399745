// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/base/picturereader.h"

#include <QBuffer>
#include <QFile>
#include <QImageWriter>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace gesso;

namespace {

constexpr QRgb kColor = qRgb(10, 20, 30);

QByteArray encoded(const char* format, QSize size = {8, 8})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(kColor);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

quint32 crcOf(const QByteArray& bytes)
{
    quint32 crc = ~0U;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

QByteArray pngChunk(const QByteArray& type, const QByteArray& content)
{
    return bigEndian(quint32(content.size())) + type + content + bigEndian(crcOf(type + content));
}

// As a decoder would trust it: every checksum is right, only the size is a lie.
QByteArray pngOfSize(quint32 width, quint32 height)
{
    const QByteArray pixels = qCompress(QByteArray(1000, '\0')).mid(4);
    return QByteArray("\x89PNG\r\n\x1a\n")
        + pngChunk("IHDR", bigEndian(width) + bigEndian(height) + QByteArray("\x08\x06\x00\x00\x00", 5))
        + pngChunk("IDAT", pixels) + pngChunk("IEND", {});
}

QByteArray jpegOfSize(quint16 width, quint16 height)
{
    QByteArray bytes = encoded("JPEG");
    const qsizetype frame = bytes.indexOf(QByteArray("\xFF\xC0", 2)); // marker, length, precision
    QByteArray size(4, '\0');
    qToBigEndian(height, size.data());
    qToBigEndian(width, size.data() + 2);
    return bytes.replace(frame + 5, 4, size);
}

QByteArray bmpOfSize(qint32 width, qint32 height)
{
    QByteArray bytes = encoded("BMP");
    qToLittleEndian(width, bytes.data() + 18);
    qToLittleEndian(height, bytes.data() + 22);
    return bytes;
}

QByteArray webpOfSize()
{
    const QByteArray canvas("\x02\0\0\0\xFE\xFF\xFF\xFE\xFF\x00", 10); // animated, 2^24-1 × 65535
    return QByteArray("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0", 20) + canvas;
}

const QByteArray kGifFrame("\x21\xF9\x04\0\x01\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0", 23);

QByteArray gif(const QByteArray& screen, int frames)
{
    return "GIF89a" + screen + QByteArray("\x80\0\0\x0A\x14\x1E\xFF\xFF\xFF", 9) + kGifFrame.repeated(frames)
        + ';';
}

} // namespace

class TestPictureReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsItsFormats_data();
    void readsItsFormats();
    void bombs_data();
    void bombs();
    void aNameIsNoPattern();
    void otherFormatsAreNotDecoded_data();
    void otherFormatsAreNotDecoded();
    void cutFiles();
    void onlyTheFirstFrame();
    void textsOfAPictureAreBounded();
    void namesOfPictures();
};

void TestPictureReader::readsItsFormats_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char* format : {"png", "jpeg", "webp", "bmp"}) {
        QTest::newRow(format) << encoded(format);
    }
    QTest::newRow("gif") << gif(QByteArray("\x01\0\x01\0", 4), 1);
}

void TestPictureReader::readsItsFormats()
{
    QFETCH(QByteArray, bytes);
    if (bytes.isEmpty()) {
        QSKIP("this Qt cannot write it");
    }
    const Result<Picture> picture = decodePicture(bytes);
    QVERIFY2(picture, picture ? "" : qPrintable(picture.error().detail));
    QVERIFY(!picture->image.isNull());
    // Under any name: the content tells.
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.svg"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    QCOMPARE(readPicture(path)->fullSize, picture->fullSize);
}

void TestPictureReader::bombs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("PNG of 60000 × 60000") << pngOfSize(60'000, 60'000);
    QTest::newRow("PNG just over the limit") << pngOfSize(8193, 8192);
    QTest::newRow("PNG of one line") << pngOfSize(900'000, 100);
    QTest::newRow("JPEG of 65500 × 65500") << jpegOfSize(65'500, 65'500);
    QTest::newRow("BMP of 16000 × 16000") << bmpOfSize(16'000, 16'000);
    QTest::newRow("BMP upside down") << bmpOfSize(16'000, -16'000);
    QTest::newRow("GIF with a screen of 65535 × 65535")
        << QByteArray("GIF89a\xFF\xFF\xFF\xFF\x80\0\0\0\0\0\xFF\xFF\xFF", 19)
            + QByteArray("\x2C\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02\x44\x01\0;", 16);
    QTest::newRow("WebP of 16777215 × 65535") << webpOfSize();
}

void TestPictureReader::bombs()
{
    QFETCH(QByteArray, bytes);
    const Result<Picture> picture = decodePicture(bytes);
    QVERIFY(!picture);
    if (QByteArray(QTest::currentDataTag()).startsWith("WebP")) {
        return; // no picture behind the header; some versions of the plugin say so first
    }
    QCOMPARE(picture.error().kind, ErrorKind::TooLarge); // told before anything was allocated
    QCOMPARE(decodePicture(bytes, {64, 64}).error().kind, ErrorKind::TooLarge); // for a thumbnail too
}

void TestPictureReader::aNameIsNoPattern()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("50%2 %3.png")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pngOfSize(8193, 9000)) > 0);
    file.close();
    QCOMPARE(readPicture(file.fileName()).error().message,
             u"50%2 %3.png has 8193 × 9000 pixels, more than Gesso can show."_qs);
}

void TestPictureReader::otherFormatsAreNotDecoded_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("SVG that names a file")
        << QByteArray(R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">)"
                      R"(<image href="file:///etc/passwd" width="8" height="8"/></svg>)");
    QTest::newRow("SVG with entities")
        << QByteArray(R"(<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaa">)"
                      R"(<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">)"
                      R"(<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><svg>&d;&d;&d;&d;</svg>)");
    QTest::newRow("SVG of 1e9 × 1e9")
        << QByteArray(R"(<svg xmlns="http://www.w3.org/2000/svg" width="1000000000" height="1000000000"/>)");
    QTest::newRow("SVG, packed") << QByteArray("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
    for (const char* format : {"ico", "cur", "icns", "ppm", "xbm", "xpm", "tiff", "tga", "wbmp", "jp2"}) {
        if (QImageWriter::supportedImageFormats().contains(format)) {
            QTest::newRow(format) << encoded(format);
        }
    }
    QTest::newRow("MNG") << QByteArray("\x8AMNG\r\n\x1a\n\0\0\0\x1CMHDR", 16);
    QTest::newRow("TGA") << QByteArray("\0\0\x02\0\0\0\0\0\0\0\0\0\x08\0\x08\0\x20\0", 18)
            + QByteArray(256, 'x');
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("noise") << QByteArray(10'000, '\xA5');
}

void TestPictureReader::otherFormatsAreNotDecoded()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    for (const char* name : {"picture.png", "picture.svg", "picture"}) {
        const QString path = folder.filePath(QLatin1String(name));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        const Result<Picture> picture = readPicture(path);
        QVERIFY(!picture);
        QCOMPARE(picture.error().kind, ErrorKind::Unreadable);
    }
    QVERIFY(!decodePicture(bytes));
}

// However much is missing, it ends in a picture or an error.
void TestPictureReader::cutFiles()
{
    for (const char* format : {"png", "jpeg", "webp", "bmp"}) {
        const QByteArray whole = encoded(format, {64, 64});
        for (qsizetype size = 0; size < whole.size(); size += 7) {
            const Result<Picture> picture = decodePicture(whole.left(size));
            QVERIFY(!picture || picture->image.size() == QSize(64, 64));
        }
    }
}

void TestPictureReader::onlyTheFirstFrame()
{
    const Result<Picture> picture = decodePicture(gif(QByteArray("\x01\0\x01\0", 4), 200'000));
    QVERIFY(picture);
    QCOMPARE(picture->fullSize, QSize(1, 1));
}

void TestPictureReader::textsOfAPictureAreBounded()
{
    // 100 MB of text, packed a thousand to one.
    QByteArray bytes = encoded("png");
    const QByteArray packed = qCompress(QByteArray(100'000'000, 'a'), 9).mid(4);
    const QByteArray text = pngChunk("zTXt", QByteArray("prompt\0\0", 8) + packed);
    const qsizetype afterHeader = 8 + 25;
    bytes.insert(afterHeader, text);
    const Result<Picture> picture = decodePicture(bytes);
    QVERIFY(!picture || picture->image.text(QStringLiteral("prompt")).size() < 10'000'000);
}

void TestPictureReader::namesOfPictures()
{
    for (const char* name : {"a.png", "a.PNG", "b.jpg", "b.jpeg", "d.e.bmp"}) {
        QVERIFY2(isPictureFile(QLatin1String(name)), name);
    }
    for (const char* name :
         {"a.svg", "a.svgz", "a.ico", "a.tga", "a.tiff", "a.mng", "a.png.exe", "png", "a."}) {
        QVERIFY2(!isPictureFile(QLatin1String(name)), name);
    }
}

QTEST_GUILESS_MAIN(TestPictureReader)
#include "tst_picturereader.moc"
