// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/noderunner.h"

#include <QImage>
#include <QTest>

using namespace gesso;
using namespace gesso::demo;
using namespace gesso::demo::nodetest;

// The arithmetic of each mask and latent node, against values worked out by hand.
class tst_DemoMasks : public QObject, private NodeRunner
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }
    void loadImageMask_data();
    void loadImageMask();
    void compositeWithMask();
    void masksAndPictures();
    void growMask_data();
    void growMask();
    void joinAlpha();
    void vaeKeepsPictures();
    void inpaintMasks();
    void latentUpscale();
};

void tst_DemoMasks::loadImageMask_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QList<float>>("values");
    QTest::newRow("alpha") << q("alpha") << QList<float>{0.0F, 0.8F};
    QTest::newRow("red") << q("red") << QList<float>{1.0F, 0.0F};
    QTest::newRow("green") << q("green") << QList<float>{0.0F, 0.4F};
    QTest::newRow("blue") << q("blue") << QList<float>{0.2F, 1.0F};
}

void tst_DemoMasks::loadImageMask()
{
    QFETCH(QString, channel);
    QTEST(row(pictures("LoadImageMask", {{q("image"), text("alpha.png")}, {q("channel"), toJson(channel)}})
                  .front()),
          "values");
}

void tst_DemoMasks::compositeWithMask()
{
    QHash<QString, Value> inputs{{q("destination"), image(Picture(4, 1, 3, 0))},
                                 {q("source"), image(Picture(2, 1, 3, 1))},
                                 {q("x"), Json(1)},
                                 {q("y"), Json(0)},
                                 {q("resize_source"), Json(false)}};
    QCOMPARE(row(pictures("ImageCompositeMasked", inputs).front()), QList<float>({0, 1, 1, 0}));
    inputs.insert(q("mask"), maskOf(mask({{0.25F, 1}})));
    QCOMPARE(row(pictures("ImageCompositeMasked", inputs).front()), QList<float>({0, 0.25F, 1, 0}));
    inputs.insert(q("x"), Json(3)); // over the edge
    QCOMPARE(row(pictures("ImageCompositeMasked", inputs).front()), QList<float>({0, 0, 0, 0.25F}));
    inputs.insert(q("x"), Json(0));
    inputs.insert(q("resize_source"), Json(true));
    inputs.remove(q("mask"));
    QCOMPARE(row(pictures("ImageCompositeMasked", inputs).front()), QList<float>({1, 1, 1, 1}));
}

void tst_DemoMasks::masksAndPictures()
{
    const Picture shown = pictures("MaskToImage", {{q("mask"), maskOf(mask({{0, 0.5F}}))}}).front();
    QCOMPARE(shown.channels(), 3);
    QCOMPARE(shown.pixel(1, 0)[2], 0.5F);
    Picture colours(1, 1, 3);
    std::copy_n(std::initializer_list<float>{0.1F, 0.2F, 0.3F}.begin(), 3, colours.pixel(0, 0));
    QCOMPARE(
        row(pictures("ImageToMask", {{q("image"), image(colours)}, {q("channel"), text("blue")}}).front()),
        QList<float>({0.3F}));
    QVERIFY(!run("ImageToMask", {{q("image"), image(colours)}, {q("channel"), text("alpha")}}).has_value());
    QCOMPARE(row(pictures("InvertMask", {{q("mask"), maskOf(mask({{0, 0.25F, 1}}))}}).front()),
             QList<float>({1, 0.75F, 0}));
    QCOMPARE(
        row(pictures("SolidMask", {{q("value"), Json(0.5)}, {q("width"), Json(2)}, {q("height"), Json(1)}})
                .front()),
        QList<float>({0.5F, 0.5F}));
}

void tst_DemoMasks::growMask_data()
{
    QTest::addColumn<int>("expand");
    QTest::addColumn<bool>("tapered");
    QTest::addColumn<QString>("rows");
    QTest::newRow("cross") << 1 << true << q("00000 00100 01110 00100 00000");
    QTest::newRow("square") << 1 << false << q("00000 01110 01110 01110 00000");
    QTest::newRow("diamond") << 2 << true << q("00100 01110 11111 01110 00100");
    QTest::newRow("shrunk away") << -1 << true << q("00000 00000 00000 00000 00000");
    QTest::newRow("by far too much") << 16384 << false << q("11111 11111 11111 11111 11111");
}

void tst_DemoMasks::growMask()
{
    QFETCH(int, expand);
    QFETCH(bool, tapered);
    Picture dot(5, 5, 1);
    *dot.pixel(2, 2) = 1;
    const Picture grown =
        pictures(
            "GrowMask",
            {{q("mask"), maskOf(dot)}, {q("expand"), Json(expand)}, {q("tapered_corners"), Json(tapered)}})
            .front();
    QStringList rows;
    for (int y = 0; y < 5; ++y) {
        QString line;
        for (int x = 0; x < 5; ++x) {
            line += QLatin1Char(*grown.pixel(x, y) > 0.5F ? '1' : '0');
        }
        rows.append(line);
    }
    QTEST(rows.join(QLatin1Char(' ')), "rows");
}

void tst_DemoMasks::joinAlpha()
{
    const Picture joined =
        pictures("JoinImageWithAlpha",
                 {{q("image"), image(Picture(2, 1, 3, 0.5F))}, {q("alpha"), maskOf(mask({{0, 1}}))}})
            .front();
    QCOMPARE(joined.channels(), 4);
    QCOMPARE(joined.toImage().pixelColor(0, 0).alpha(), 255);
    QCOMPARE(joined.toImage().pixelColor(1, 0).alpha(), 0);
}

void tst_DemoMasks::vaeKeepsPictures()
{
    const Result<NodeResult> encoded =
        run("VAEEncode", {{q("pixels"), image(Picture(20, 17, 3, 0.7F))}, {q("vae"), Vae{}}});
    QVERIFY(encoded.has_value());
    const Pictures decoded = pictures("VAEDecode", {{q("samples"), encoded->outputs[0]}, {q("vae"), Vae{}}});
    QCOMPARE(sizeOf(decoded), QSize(16, 16)); // multiples of eight
    QCOMPARE(decoded.front().pixel(9, 9)[1], 0.7F);
}

void tst_DemoMasks::inpaintMasks()
{
    Picture hole(16, 16, 1);
    *hole.pixel(8, 8) = 1;
    const Result<NodeResult> encoded = run("VAEEncodeForInpaint",
                                           {{q("pixels"), image(Picture(16, 16, 3, 0.9F))},
                                            {q("vae"), Vae{}},
                                            {q("mask"), maskOf(hole)},
                                            {q("grow_mask_by"), Json(4)}});
    QVERIFY(encoded.has_value());
    const Latent& latent = *std::get<std::shared_ptr<const Latent>>(encoded->outputs[0]);
    QCOMPARE(latent.pictures.front().pixel(8, 8)[0], 0.5F);
    QCOMPARE(latent.pictures.front().pixel(7, 8)[0], 0.9F);
    QCOMPARE(*latent.noiseMask.front().pixel(10, 8), 1.0F);
    QCOMPARE(*latent.noiseMask.front().pixel(11, 8), 0.0F);
    const Result<NodeResult> set =
        run("SetLatentNoiseMask",
            {{q("samples"), latentValue({16, 8, 1, {}, {}})}, {q("mask"), maskOf(Picture(4, 4, 1, 1))}});
    const Latent& masked = *std::get<std::shared_ptr<const Latent>>(set->outputs[0]);
    QCOMPARE(sizeOf(masked.noiseMask), QSize(16, 8));
}

void tst_DemoMasks::latentUpscale()
{
    const auto size = [](const Result<NodeResult>& result) {
        const Latent& latent = *std::get<std::shared_ptr<const Latent>>(result->outputs[0]);
        return QSize(latent.width, latent.height);
    };
    const Value blank = latentValue({64, 32, 1, {}, {}});
    QCOMPARE(
        size(
            run("LatentUpscaleBy",
                {{q("samples"), blank}, {q("upscale_method"), text("bislerp")}, {q("scale_by"), Json(1.5)}})),
        QSize(96, 48));
    QCOMPARE(size(run("LatentUpscale",
                      {{q("samples"), blank},
                       {q("upscale_method"), text("area")},
                       {q("width"), Json(128)},
                       {q("height"), Json(0)},
                       {q("crop"), text("disabled")}})),
             QSize(128, 64));
    QCOMPARE(size(run("EmptyLatentImage",
                      {{q("width"), Json(70)}, {q("height"), Json(64)}, {q("batch_size"), Json(1)}})),
             QSize(64, 64));
}

QTEST_GUILESS_MAIN(tst_DemoMasks)
#include "tst_demomasks.moc"
