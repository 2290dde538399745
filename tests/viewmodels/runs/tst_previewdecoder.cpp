// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/previewdecoder.h"

#include <QBuffer>
#include <QTest>

using namespace gesso;

namespace {

QByteArray png(QRgb color)
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class TestPreviewDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void latestWins();
    void brokenOnesAreLeftOut_data();
    void brokenOnesAreLeftOut();
    void forgottenOnesAreNotTold();

private:
    std::unique_ptr<PreviewDecoder> m_decoder;
    QList<QRgb> m_colors; // of what was decoded
};

void TestPreviewDecoder::init()
{
    m_colors.clear();
    m_decoder = std::make_unique<PreviewDecoder>();
    connect(m_decoder.get(), &PreviewDecoder::decoded, this,
            [this](const Picture& picture) { m_colors += picture.image.pixel(0, 0); });
}

void TestPreviewDecoder::latestWins()
{
    const QRgb last = qRgb(1, 2, 3);
    constexpr int kFrames = 500;
    for (int i = 0; i < kFrames; ++i) {
        m_decoder->offer(png(qRgb(200, 0, 0)));
    }
    m_decoder->offer(png(last));
    QTRY_VERIFY(m_colors.contains(last));
    QCOMPARE(m_colors.size(), 2); // the first, which was alone, and the last: no backlog
}

void TestPreviewDecoder::brokenOnesAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("no picture") << QByteArray("no picture");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << png(qRgb(1, 1, 1)).left(40);
    QByteArray huge = png(qRgb(1, 1, 1));
    huge.replace(16, 8, QByteArray("\x00\x00\xEA\x60\x00\x00\xEA\x60", 8));
    QTest::newRow("60000 × 60000") << huge;
    QTest::newRow("a drawing that names a file")
        << QByteArray(R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">)"
                      R"(<image href="file:///etc/hostname" width="8" height="8"/></svg>)");
}

void TestPreviewDecoder::brokenOnesAreLeftOut()
{
    QFETCH(QByteArray, frame);
    const QRgb color = qRgb(4, 5, 6);
    m_decoder->offer(frame);
    m_decoder->offer(png(color));
    QTRY_COMPARE(m_colors, QList<QRgb>{color});
}

void TestPreviewDecoder::forgottenOnesAreNotTold()
{
    const QRgb color = qRgb(7, 8, 9);
    m_decoder->offer(png(qRgb(200, 0, 0))); // being decoded
    m_decoder->offer(png(qRgb(200, 0, 0))); // waiting
    m_decoder->forget();
    m_decoder->offer(png(color));
    QTRY_COMPARE(m_colors, QList<QRgb>{color});
}

QTEST_GUILESS_MAIN(TestPreviewDecoder)
#include "tst_previewdecoder.moc"
