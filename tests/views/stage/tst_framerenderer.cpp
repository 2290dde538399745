// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/framerenderer.h"

#include <QColorSpace>
#include <QSignalSpy>
#include <QTest>

using namespace gesso;

namespace {

QImage picture(QSize size, const QColor& color, QImage::Format format = QImage::Format_RGB32)
{
    QImage image(size, format);
    image.fill(color);
    return image;
}

FrameRenderer::Request requestFor(const QImage& image, QSize view)
{
    FrameRenderer::Request request;
    request.image = image;
    request.viewSize = view;
    request.transform.setView(view);
    request.transform.setPicture(image.size());
    request.checkerLight = Qt::white;
    request.checkerDark = Qt::black;
    return request;
}

} // namespace

class TestFrameRenderer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coversJustThePicture();
    void oneToOneCopiesPixels();
    void smallIsSmooth();
    void transparencyShowsTheChecker();
    void otherColorSpaceBecomesSrgb();
    void pyramidHalves();
    void newestRequestWins();
    void runsOffTheGuiThread();
};

void TestFrameRenderer::coversJustThePicture()
{
    const FrameRenderer::Frame frame =
        FrameRenderer::render(requestFor(picture({100, 50}, Qt::red), {400, 400}));
    QCOMPARE(frame.position, QPoint(0, 100));
    QCOMPARE(frame.pixels.size(), QSize(400, 200));
    QCOMPARE(frame.pixels.pixelColor(0, 0), QColor(Qt::red));
    QCOMPARE(frame.pixels.pixelColor(399, 199), QColor(Qt::red));
}

void TestFrameRenderer::oneToOneCopiesPixels()
{
    QImage noise({37, 53}, QImage::Format_RGB32);
    for (int y = 0; y < noise.height(); ++y) {
        for (int x = 0; x < noise.width(); ++x)
            noise.setPixel(x, y, qRgb(x * 7 % 256, y * 5 % 256, (x * y) % 256));
    }
    FrameRenderer::Request request = requestFor(noise, {100, 101});
    request.transform.oneToOne();
    QCOMPARE(FrameRenderer::render(request).pixels, noise);
}

void TestFrameRenderer::smallIsSmooth()
{
    // Lines of one pixel: taking every eighth pixel would give black or white, never their mean.
    QImage lines({1024, 1024}, QImage::Format_RGB32);
    for (int y = 0; y < lines.height(); ++y) {
        for (int x = 0; x < lines.width(); ++x)
            lines.setPixel(x, y, x % 2 ? qRgb(255, 255, 255) : qRgb(0, 0, 0));
    }
    const QImage pixels = FrameRenderer::render(requestFor(lines, {128, 128})).pixels;
    for (int x = 4; x < 124; ++x) {
        const int grey = qGray(pixels.pixel(x, 64));
        QVERIFY2(grey > 110 && grey < 146, qPrintable(QString::number(grey)));
    }
}

void TestFrameRenderer::transparencyShowsTheChecker()
{
    FrameRenderer::Request request =
        requestFor(picture({32, 32}, Qt::transparent, QImage::Format_ARGB32), {32, 32});
    request.checkerSize = 8;
    const QImage pixels = FrameRenderer::render(request).pixels;
    QCOMPARE(pixels.pixelColor(2, 2), QColor(Qt::black));
    QCOMPARE(pixels.pixelColor(10, 2), QColor(Qt::white));
    QCOMPARE(pixels.pixelColor(10, 10), QColor(Qt::black));
}

void TestFrameRenderer::otherColorSpaceBecomesSrgb()
{
    QImage image = picture({4, 4}, QColor(200, 60, 60));
    image.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
    const MipPyramidPtr pyramid = MipPyramid::make(image);
    QVERIFY(pyramid->full().pixelColor(0, 0).red() > 200); // more saturated in the smaller space
}

void TestFrameRenderer::pyramidHalves()
{
    const MipPyramidPtr pyramid = MipPyramid::make(picture({4096, 1024}, Qt::blue));
    QCOMPARE(pyramid->size(), QSize(4096, 1024));
    QCOMPARE(pyramid->levelFor(1.0).width(), 4096);
    QCOMPARE(pyramid->levelFor(3.0).width(), 4096);
    QCOMPARE(pyramid->smallest().width(), 4096); // what nobody has asked for is not made
    QCOMPARE(pyramid->levelFor(0.5).width(), 2048);
    QCOMPARE(pyramid->levelFor(0.3).width(), 2048);
    QCOMPARE(pyramid->smallest().width(), 2048);
    QCOMPARE(pyramid->levelFor(0.01).width(), 256);
    QCOMPARE(pyramid->smallest().width(), 256);
    QCOMPARE(pyramid->levelFor(1.0).width(), 4096);
}

void TestFrameRenderer::newestRequestWins()
{
    FrameRenderer renderer;
    QList<quint64> serials;
    connect(&renderer, &FrameRenderer::ready, this,
            [&](const FrameRenderer::Frame& frame) { serials.append(frame.imageSerial); });
    constexpr quint64 last = 200;
    for (quint64 serial = 1; serial <= last; ++serial) {
        FrameRenderer::Request request = requestFor(picture({64, 64}, Qt::green), {300, 300});
        request.imageSerial = serial;
        renderer.request(request);
    }
    QTRY_VERIFY(!serials.isEmpty() && serials.last() == last);
    QVERIFY2(serials.size() <= 3, "requests that were overtaken must not be drawn");
}

void TestFrameRenderer::runsOffTheGuiThread()
{
    FrameRenderer renderer;
    QSignalSpy ready(&renderer, &FrameRenderer::ready);
    renderer.request(requestFor(picture({64, 64}, Qt::green), {300, 300}));
    QCOMPARE(ready.size(), 0); // nothing was drawn inside the call
    QVERIFY(ready.wait());
}

QTEST_MAIN(TestFrameRenderer)
#include "tst_framerenderer.moc"
