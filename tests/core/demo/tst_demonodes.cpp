// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/noderunner.h"

#include <QFile>
#include <QImage>
#include <QTest>

using namespace gesso;
using namespace gesso::demo;
using namespace gesso::demo::nodetest;

// The arithmetic of each picture node, pixel by pixel, against values worked out by hand.
class tst_DemoNodes : public QObject, private NodeRunner
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }
    void emptyImage();
    void loadImageAndMask();
    void imageScale_data();
    void imageScale();
    void imageScaleKeepsProportion();
    void imageScaleCropsTheMiddle();
    void imageScaleBy();
    void imageScaleToTotalPixels();
    void imageCrop();
    void padForOutpaint();
    void invert();
    void blend_data();
    void blend();
    void blurAndSharpen();
    void batch();
    void saveImageNames();
    void hugeSizesAreRefused_data();
    void hugeSizesAreRefused();
    void hostilePicturesAreRefused_data();
    void hostilePicturesAreRefused();
};

void tst_DemoNodes::emptyImage()
{
    const Pictures made = pictures("EmptyImage",
                                   {{q("width"), Json(3)},
                                    {q("height"), Json(2)},
                                    {q("batch_size"), Json(2)},
                                    {q("color"), Json(0x33FF00)}});
    QCOMPARE(made.size(), std::size_t{2});
    QCOMPARE(sizeOf(made), QSize(3, 2));
    QCOMPARE(made[1].toImage().pixel(2, 1), qRgb(0x33, 0xFF, 0x00));
}

void tst_DemoNodes::loadImageAndMask()
{
    const QHash<QString, Value> inputs{{q("image"), text("alpha.png")}};
    const Pictures loaded = pictures("LoadImage", inputs);
    QCOMPARE(loaded.front().channels(), 3);
    QCOMPARE(loaded.front().toImage().pixel(1, 0), qRgb(0, 102, 255));
    QCOMPARE(row(pictures("LoadImage", inputs, 1).front()), QList<float>({0.0F, 0.8F})); // inverted alpha
    QCOMPARE(sizeOf(pictures("LoadImage", {{q("image"), text("opaque.png [input]")}}, 1)),
             QSize(64, 64)); // none: ComfyUI's 64 × 64 of zeros
    const Result<NodeResult> missing = run("LoadImage", {{q("image"), text("../alpha.png")}});
    QVERIFY(!missing && missing.error().kind == ErrorKind::NodeFailed);
}

void tst_DemoNodes::imageScale_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("width");
    QTest::addColumn<QList<float>>("values"); // of 0, 1, 0, 1 scaled
    QTest::newRow("nearest, up") << q("nearest-exact") << 8 << QList<float>{0, 0, 1, 1, 0, 0, 1, 1};
    QTest::newRow("nearest, down") << q("nearest-exact") << 2 << QList<float>{1, 1};
    QTest::newRow("bilinear, up") << q("bilinear") << 8
                                  << QList<float>{0, 0.25F, 0.75F, 0.75F, 0.25F, 0.25F, 0.75F, 1};
    QTest::newRow("bilinear, down") << q("bilinear") << 2 << QList<float>{0.5F, 0.5F};
    QTest::newRow("area, down") << q("area") << 2 << QList<float>{0.5F, 0.5F};
    QTest::newRow("same") << q("lanczos") << 4 << QList<float>{0, 1, 0, 1};
}

void tst_DemoNodes::imageScale()
{
    QFETCH(QString, method);
    QFETCH(int, width);
    const Pictures scaled = pictures("ImageScale",
                                     {{q("image"), image(grey({{0, 1, 0, 1}}))},
                                      {q("upscale_method"), toJson(method)},
                                      {q("width"), Json(width)},
                                      {q("height"), Json(1)},
                                      {q("crop"), text("disabled")}});
    QTEST(row(scaled.front()), "values");
    for (const char* each :
         {"bicubic", "lanczos", "area", "bilinear", "nearest-exact"}) { // an even picture stays even
        const Pictures even = pictures("ImageScale",
                                       {{q("image"), image(Picture(5, 7, 3, 0.3F))},
                                        {q("upscale_method"), text(each)},
                                        {q("width"), Json(13)},
                                        {q("height"), Json(3)},
                                        {q("crop"), text("disabled")}});
        for (const float value : even.front().data()) {
            QVERIFY(std::abs(value - 0.3F) < 1e-4F);
        }
    }
}

void tst_DemoNodes::imageScaleKeepsProportion()
{
    const auto size = [this](int width, int height) {
        return sizeOf(pictures("ImageScale",
                               {{q("image"), image(Picture(40, 20, 3))},
                                {q("upscale_method"), text("area")},
                                {q("width"), Json(width)},
                                {q("height"), Json(height)},
                                {q("crop"), text("disabled")}}));
    };
    QCOMPARE(size(20, 0), QSize(20, 10));
    QCOMPARE(size(0, 5), QSize(10, 5));
    QCOMPARE(size(0, 0), QSize(40, 20));
}

void tst_DemoNodes::imageScaleCropsTheMiddle()
{
    const Pictures cropped = pictures("ImageScale",
                                      {{q("image"), image(grey({{0, 1, 1, 0}, {0, 1, 1, 0}}))},
                                       {q("upscale_method"), text("area")},
                                       {q("width"), Json(1)},
                                       {q("height"), Json(1)},
                                       {q("crop"), text("center")}});
    QCOMPARE(row(cropped.front()), QList<float>{1});
}

void tst_DemoNodes::imageScaleBy()
{
    QCOMPARE(sizeOf(pictures("ImageScaleBy",
                             {{q("image"), image(Picture(10, 6, 3))},
                              {q("upscale_method"), text("lanczos")},
                              {q("scale_by"), Json(1.5)}})),
             QSize(15, 9));
    QCOMPARE(sizeOf(pictures("ImageScaleBy",
                             {{q("image"), image(Picture(10, 6, 3))},
                              {q("upscale_method"), text("area")},
                              {q("scale_by"), Json(0.01)}})),
             QSize(1, 1));
}

void tst_DemoNodes::imageScaleToTotalPixels()
{
    const QHash<QString, Value> inputs{{q("image"), image(Picture(100, 50, 3))},
                                       {q("upscale_method"), text("area")},
                                       {q("megapixels"), Json(0.01)},
                                       {q("resolution_steps"), Json(8)}};
    QCOMPARE(sizeOf(pictures("ImageScaleToTotalPixels", inputs)), QSize(144, 72));
}

void tst_DemoNodes::imageCrop()
{
    const auto crop = [this](int x, int y, int width, int height) {
        return pictures("ImageCrop",
                        {{q("image"), image(grey({{0, 0.1F, 0.2F}, {0.3F, 0.4F, 0.5F}}))},
                         {q("x"), Json(x)},
                         {q("y"), Json(y)},
                         {q("width"), Json(width)},
                         {q("height"), Json(height)}})
            .front();
    };
    QCOMPARE(row(crop(1, 1, 2, 1)), QList<float>({0.4F, 0.5F}));
    QCOMPARE(row(crop(50, 50, 9, 9)), QList<float>({0.5F})); // moved inside, cut to what is left
}

void tst_DemoNodes::padForOutpaint()
{
    QHash<QString, Value> inputs{{q("image"), image(Picture(10, 10, 3, 1))},
                                 {q("left"), Json(8)},
                                 {q("top"), Json(0)},
                                 {q("right"), Json(0)},
                                 {q("bottom"), Json(8)},
                                 {q("feathering"), Json(4)}};
    const Pictures padded = pictures("ImagePadForOutpaint", inputs);
    QCOMPARE(sizeOf(padded), QSize(18, 18));
    QCOMPARE(padded.front().pixel(0, 0)[0], 0.5F);
    QCOMPARE(padded.front().pixel(8, 0)[0], 1.0F);
    const Picture outside = pictures("ImagePadForOutpaint", inputs, 1).front();
    QCOMPARE(row(outside).mid(6, 7), QList<float>({1, 1, 1, 0.563F, 0.25F, 0.063F, 0}));
    QCOMPARE(*outside.pixel(17, 0), 0.0F); // that edge was not extended
    QCOMPARE(*outside.pixel(17, 17), 1.0F);
}

void tst_DemoNodes::invert()
{
    QCOMPARE(row(pictures("ImageInvert", {{q("image"), image(grey({{0, 0.25F, 1}}))}}).front()),
             QList<float>({1, 0.75F, 0}));
}

void tst_DemoNodes::blend_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<double>("factor");
    QTest::addColumn<QList<float>>("values"); // of 0.2 and 0.8 over 0.4 and 0.6
    QTest::newRow("normal") << q("normal") << 0.5 << QList<float>{0.3F, 0.7F};
    QTest::newRow("multiply") << q("multiply") << 1.0 << QList<float>{0.08F, 0.48F};
    QTest::newRow("screen") << q("screen") << 1.0 << QList<float>{0.52F, 0.92F};
    QTest::newRow("overlay") << q("overlay") << 1.0 << QList<float>{0.16F, 0.84F};
    QTest::newRow("soft light") << q("soft_light") << 1.0 << QList<float>{0.168F, 0.819F};
    QTest::newRow("difference") << q("difference") << 1.0 << QList<float>{0, 0.2F};
    QTest::newRow("none") << q("screen") << 0.0 << QList<float>{0.2F, 0.8F};
}

void tst_DemoNodes::blend()
{
    QFETCH(QString, mode);
    QFETCH(double, factor);
    QTEST(row(pictures("ImageBlend",
                       {{q("image1"), image(grey({{0.2F, 0.8F}}))},
                        {q("image2"), image(grey({{0.4F, 0.6F}}))},
                        {q("blend_factor"), Json(factor)},
                        {q("blend_mode"), toJson(mode)}})
                  .front()),
          "values");
    const Pictures fitted = pictures("ImageBlend",
                                     {{q("image1"), image(Picture(4, 4, 3, 0))},
                                      {q("image2"), image(Picture(9, 3, 3, 1))},
                                      {q("blend_factor"), Json(1.0)},
                                      {q("blend_mode"), text("normal")}});
    QCOMPARE(sizeOf(fitted), QSize(4, 4));
    QVERIFY(std::abs(fitted.front().pixel(3, 3)[2] - 1) < 1e-4F);
}

void tst_DemoNodes::blurAndSharpen()
{
    const Picture dot = grey({{0, 0, 0}, {0, 1, 0}, {0, 0, 0}});
    const Picture blurred =
        pictures("ImageBlur",
                 {{q("image"), image(dot)}, {q("blur_radius"), Json(1)}, {q("sigma"), Json(1.0)}})
            .front();
    // Kernel e^-½, 1, e^-½ over its sum, mirrored at the borders.
    QCOMPARE(row(blurred, 1), QList<float>({0.248F, 0.204F, 0.248F}));
    const Picture sharp = pictures("ImageSharpen",
                                   {{q("image"), image(grey({{0.4F, 0.4F, 0.6F, 0.6F}}))},
                                    {q("sharpen_radius"), Json(1)},
                                    {q("sigma"), Json(1.0)},
                                    {q("alpha"), Json(0.1)}})
                              .front();
    QVERIFY(sharp.pixel(1, 0)[0] < 0.4F && sharp.pixel(2, 0)[0] > 0.6F);
    QVERIFY(std::abs(sharp.pixel(0, 0)[0] - 0.4F) < 1e-5F); // its neighbours are equal (mirrored)
}

void tst_DemoNodes::batch()
{
    const Pictures batched = pictures(
        "ImageBatch", {{q("image1"), image(Picture(4, 2, 3, 0))}, {q("image2"), image(Picture(8, 8, 3, 1))}});
    QCOMPARE(batched.size(), std::size_t{2});
    QCOMPARE(QSize(batched[1].width(), batched[1].height()), QSize(4, 2));
}

void tst_DemoNodes::saveImageNames()
{
    const auto save = [this](const char* prefix) {
        const Result<NodeResult> saved = run("SaveImage",
                                             {{q("images"), imagesValue(Pictures(2, Picture(8, 4, 3, 0.5F)))},
                                              {q("filename_prefix"), text(prefix)}});
        return saved ? QString::fromUtf8(writeJson((*saved->ui)["images"])) : saved.error().message;
    };
    QCOMPARE(
        save("deep/er/x"),
        q(R"([{"filename":"x_00001_.png","subfolder":"deep/er","type":"output"},{"filename":"x_00002_.png","subfolder":"deep/er","type":"output"}])"));
    QVERIFY(save("deep/er/x").contains(q("x_00003_.png")));
    QVERIFY(save("deep/er/xy").contains(q("xy_00001_.png")));
    QVERIFY(save("%width%x%height%").contains(q("8x4_00001_.png")));
    for (const char* outside : {"../x", "/etc/x", "a/../../x", "..\\x", "c:x"}) {
        QVERIFY2(save(outside).contains(q("not allowed")), outside);
    }
}

void tst_DemoNodes::hugeSizesAreRefused_data()
{
    QTest::addColumn<QString>("className");
    QTest::newRow("EmptyImage") << q("EmptyImage");
    QTest::newRow("EmptyLatentImage") << q("EmptyLatentImage");
    QTest::newRow("SolidMask") << q("SolidMask");
    QTest::newRow("ImageScale") << q("ImageScale");
    QTest::newRow("LatentUpscale") << q("LatentUpscale");
    QTest::newRow("ImagePadForOutpaint") << q("ImagePadForOutpaint");
}

void tst_DemoNodes::hugeSizesAreRefused()
{
    QFETCH(QString, className);
    QHash<QString, Value> inputs;
    for (const char* name : {"width", "height", "left", "top", "right", "bottom"}) {
        inputs.insert(q(name), Json(16384));
    }
    inputs.insert(q("batch_size"), Json(4096));
    inputs.insert(q("image"), image(Picture(8, 8, 3)));
    inputs.insert(q("samples"), latentValue({64, 64, 1, {}, {}}));
    const Result<NodeResult> result = run(className.toLatin1().constData(), inputs);
    QVERIFY(!result.has_value());
    QVERIFY(result.error().message.contains(q("memory limit")));
}

void tst_DemoNodes::hostilePicturesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("a drawing that names a file")
        << QByteArray(R"(<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8">)"
                      R"(<image href="file:///etc/hostname" width="8" height="8"/></svg>)")
        << q("cannot identify image file");
    QTest::newRow("a plugin few look after") << QByteArray("\0\0\x02\0\0\0\0\0\0\0\0\0\x08\0\x08\0\x20\0", 18)
            + QByteArray(256, 'x') << q("cannot identify image file");
    QTest::newRow("noise") << QByteArray(1000, '\xA5') << q("cannot identify image file");
    // 16-bit fields of a GIF's screen, and a frame that says the same.
    QTest::newRow("65535 × 65535") << QByteArray("GIF89a\xFF\xFF\xFF\xFF\x80\0\0\0\0\0\xFF\xFF\xFF", 19)
            + QByteArray("\x2C\0\0\0\0\xFF\xFF\xFF\xFF\0\x02\x02\x44\x01\0;", 16)
                                   << q("memory limit");
}

// Under a name that says otherwise.
void tst_DemoNodes::hostilePicturesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    NodeRunner runner;
    QVERIFY(runner.prepare());
    QFile file(runner.environment().folders.input + q("/hostile.png"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const Result<NodeResult> result = runner.run("LoadImage", {{q("image"), text("hostile.png")}});
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(reason), qPrintable(result.error().message));
}

QTEST_GUILESS_MAIN(tst_DemoNodes)
#include "tst_demonodes.moc"
