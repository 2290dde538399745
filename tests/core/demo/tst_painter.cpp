// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/painter.h"
#include "core/demo/painter/scenebrief.h"

#include <QSet>
#include <QTest>

using namespace gesso::demo;

// What a painting depends on, and what it leaves alone.
class tst_Painter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalOrdersGiveEqualPixels();
    void eachPartOfTheOrderMatters_data();
    void eachPartOfTheOrderMatters();
    void paintsAnySize_data();
    void paintsAnySize();
    void previewsClearUp();
    void previewSizeDoesNotChangeThePicture();
    void noDenoiseKeepsTheCanvas();
    void littleDenoiseStaysNearTheCanvas();
    void theMaskIsRespected();
    void stopsWhenInterrupted();
    void picturesAreNotFlat_data();
    void picturesAreNotFlat();
    void wordsChooseTheScene_data();
    void wordsChooseTheScene();
};

namespace {

PaintOrder order(const QString& text = QStringLiteral("a lighthouse by the sea"))
{
    PaintOrder order;
    order.positive = text;
    order.seed = {7};
    order.steps = 12;
    order.width = 64;
    order.height = 48;
    order.previewSize = 64;
    return order;
}

Picture painted(const PaintOrder& wanted)
{
    Painter painter(wanted);
    for (int step = 1; step <= wanted.steps; ++step) {
        painter.paintStep(step);
    }
    return painter.takeResult();
}

// Mean difference per value.
double difference(const Picture& a, const Picture& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.data().size(); ++i) {
        sum += std::abs(static_cast<double>(a.data()[i]) - static_cast<double>(b.data()[i]));
    }
    return sum / static_cast<double>(a.data().size());
}

double brightness(const Picture& picture)
{
    double sum = 0;
    for (const float value : picture.data()) {
        sum += static_cast<double>(value);
    }
    return sum / static_cast<double>(picture.data().size());
}

} // namespace

void tst_Painter::equalOrdersGiveEqualPixels()
{
    QVERIFY(painted(order()) == painted(order()));
}

void tst_Painter::eachPartOfTheOrderMatters_data()
{
    QTest::addColumn<int>("part");
    const char* parts[] = {
        "text", "negative", "seed", "cfg", "steps", "sampler", "scheduler", "style", "high bits of the seed"};
    for (int i = 0; i < static_cast<int>(std::size(parts)); ++i) {
        QTest::newRow(parts[i]) << i;
    }
}

void tst_Painter::eachPartOfTheOrderMatters()
{
    QFETCH(int, part);
    PaintOrder changed = order();
    switch (part) {
    case 0:
        changed.positive = QStringLiteral("a forest in winter");
        break;
    case 1:
        changed.negative = QStringLiteral("lighthouse");
        break;
    case 2:
        changed.seed = {8};
        break;
    case 3:
        changed.cfg = 3;
        break;
    case 4:
        changed.steps = 2;
        break;
    case 5:
        changed.sampler = QStringLiteral("heun");
        break;
    case 6:
        changed.scheduler = QStringLiteral("karras");
        break;
    case 7:
        changed.styles = {{QStringLiteral("demo-ink-wash.safetensors"), 1.0}};
        break;
    default:
        changed.seed = {7 + (1ULL << 63U)};
    }
    QVERIFY(painted(changed) != painted(order()));
}

void tst_Painter::paintsAnySize_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(16, 16);
    QTest::newRow("one pixel") << QSize(1, 1);
    QTest::newRow("wide") << QSize(320, 16);
    QTest::newRow("tall") << QSize(16, 320);
    QTest::newRow("larger than previews") << QSize(200, 136);
}

void tst_Painter::paintsAnySize()
{
    QFETCH(QSize, size);
    for (const char* text : {"mountains and a lake", "still life", "abstract"}) {
        PaintOrder wanted = order(QString::fromLatin1(text));
        wanted.width = size.width();
        wanted.height = size.height();
        const Picture picture = painted(wanted);
        QCOMPARE(QSize(picture.width(), picture.height()), size);
        QVERIFY(std::all_of(picture.data().begin(), picture.data().end(),
                            [](float v) { return v >= 0 && v <= 1; }));
    }
}

void tst_Painter::previewsClearUp()
{
    const PaintOrder wanted = order();
    const Picture result = painted(wanted);
    Painter painter(wanted);
    double last = 1;
    for (int step = 1; step <= wanted.steps; ++step) {
        painter.paintStep(step);
        const QImage preview = painter.preview(step);
        QCOMPARE(preview.size(), QSize(64, 48));
        const double distance = difference(Picture::fromImage(preview), result);
        QVERIFY2(distance < last,
                 qPrintable(QStringLiteral("step %1: %2 after %3").arg(step).arg(distance).arg(last)));
        last = distance;
    }
    QVERIFY(last < 0.01); // the last one is the picture
}

void tst_Painter::previewSizeDoesNotChangeThePicture()
{
    PaintOrder small = order();
    small.previewSize = 16;
    QVERIFY(painted(small) == painted(order()));
    Painter painter(small);
    painter.paintStep(1);
    QCOMPARE(painter.preview(1).size(), QSize(16, 12));
}

void tst_Painter::noDenoiseKeepsTheCanvas()
{
    const Picture canvas(64, 48, 3, 0.25F);
    PaintOrder wanted = order();
    wanted.input = &canvas;
    wanted.denoise = 0;
    QVERIFY(difference(painted(wanted), canvas) < 1e-5);
}

void tst_Painter::littleDenoiseStaysNearTheCanvas()
{
    const Picture canvas = painted(order(QStringLiteral("desert dunes")));
    PaintOrder wanted = order();
    wanted.input = &canvas;
    double last = 0;
    for (const double denoise : {0.1, 0.4, 0.7, 1.0}) {
        wanted.denoise = denoise;
        const double distance = difference(painted(wanted), canvas);
        QVERIFY(distance > last);
        last = distance;
    }
    QVERIFY(difference(painted(wanted), painted(order())) < 1e-5); // 1: the canvas is forgotten
}

void tst_Painter::theMaskIsRespected()
{
    const Picture canvas(64, 48, 3, 0.25F);
    Picture mask(64, 48, 1, 0);
    for (int y = 0; y < 48; ++y) {
        std::fill_n(mask.pixel(0, y), 32, 1.0F);
    }
    PaintOrder wanted = order();
    wanted.input = &canvas;
    wanted.mask = &mask;
    const Picture result = painted(wanted);
    for (int y = 0; y < 48; ++y) {
        for (int x = 32; x < 64; ++x) {
            QCOMPARE(result.pixel(x, y)[1], 0.25F);
        }
    }
    QVERIFY(difference(result, canvas) > 0.02);
}

void tst_Painter::stopsWhenInterrupted()
{
    PaintOrder wanted = order();
    wanted.width = 4096;
    wanted.height = 4096;
    wanted.isInterrupted = [] { return true; };
    Painter painter(wanted);
    painter.paintStep(1); // returns at once instead of painting 16 megapixels
    QVERIFY(!painter.preview(1).isNull());
}

void tst_Painter::picturesAreNotFlat_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "sunset over the sea", "night sky, stars", "snowy forest, aurora", "desert",
                             "flower meadow", "still life with fruit", "abstract", "misty valley, cottage",
                             "storm, lighthouse, boat", "portrait of a cat", "灯台"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void tst_Painter::picturesAreNotFlat()
{
    QFETCH(QString, text);
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        PaintOrder wanted = order(text);
        wanted.seed = {seed};
        const QImage image = painted(wanted).toImage();
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                colours.insert(image.pixel(x, y));
            }
        }
        QVERIFY2(colours.size() > 300, qPrintable(QString::number(colours.size())));
    }
}

void tst_Painter::wordsChooseTheScene_data()
{
    QTest::addColumn<QString>("positive");
    QTest::addColumn<QString>("negative");
    QTest::addColumn<int>("subject");
    QTest::addColumn<bool>("hasLighthouse");
    const auto row = [](const char* positive, const char* negative, Subject subject, bool hasLighthouse) {
        QTest::newRow(positive) << QString::fromUtf8(positive) << QString::fromUtf8(negative)
                                << static_cast<int>(subject) << hasLighthouse;
    };
    row("A LIGHTHOUSE, by the sea!", "", Subject::Landscape, true);
    row("two lighthouses", "", Subject::Landscape, true);
    row("lighthouse ", "ugly, lighthouse", Subject::Landscape, false);
    row("still life with pears", "", Subject::StillLife, false);
    row("portrait of a woman", "", Subject::Abstract, false);
    row("", "", Subject::Landscape, false);
}

void tst_Painter::wordsChooseTheScene()
{
    QFETCH(QString, positive);
    QFETCH(QString, negative);
    const SceneBrief brief = briefFor(positive, negative, 7);
    QTEST(static_cast<int>(brief.subject), "subject");
    QTEST(brief.hasLighthouse, "hasLighthouse");
    if (positive.isEmpty()) { // night is darker than day
        QVERIFY(brightness(painted(order(QStringLiteral("mountains, night")))) + 0.15
                < brightness(painted(order(QStringLiteral("mountains, day, clear")))));
    }
}

QTEST_GUILESS_MAIN(tst_Painter)
#include "tst_painter.moc"
