// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/theme.h"

#include "core/base/json.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace gesso;

namespace {

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString folder(const QString& theme)
{
    return QLatin1String(":/gesso/themes/") + theme;
}

// WCAG 2: relative luminance and contrast.
double luminance(const QColor& color)
{
    const auto channel = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtInThemesLoad_data();
    void builtInThemesLoad();
    void everyTextKeepsItsContrastOnEverySurface_data();
    void everyTextKeepsItsContrastOnEverySurface();
    void theSheetSpeaksOnlyInTokens();
    void pictureFilesOfTheSheetExistAndUseTokenColors_data();
    void pictureFilesOfTheSheetExistAndUseTokenColors();
    void aBadFileIsNamedWithItsKey_data();
    void aBadFileIsNamedWithItsKey();
    void anUnknownPlaceholderIsNamed();
    void aMissingFolderIsNamed();
    void fontsHaveTheirSizes();
};

void TestTheme::builtInThemesLoad_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << QStringLiteral("dark") << true;
    QTest::newRow("light") << QStringLiteral("light") << false;
}

void TestTheme::builtInThemesLoad()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    const Result<Theme> theme = Theme::load(folder(name));
    QVERIFY2(theme, theme ? "" : qPrintable(theme.error().message));
    QCOMPARE(theme->isDark(), dark);
    QCOMPARE(theme->color(ColorToken::BgPanel).lightnessF() < 0.5F, dark);
    QVERIFY(!theme->styleSheet().contains(QLatin1String("@{")));
    QVERIFY(theme->styleSheet().contains(theme->color(ColorToken::Accent).name()));
    QCOMPARE(theme->pixels(MetricToken::FieldHeight), 28);
    QCOMPARE(theme->palette().color(QPalette::Window), theme->color(ColorToken::BgPanel));

    // No token that nothing knows.
    const Result<Json> json = parseJson(read(folder(name) + QLatin1String("/tokens.json")));
    QVERIFY(json);
    QCOMPARE(int(member(*json, "colors")->size()), colorTokenCount);
    QCOMPARE(int(member(*json, "metrics")->size()), metricTokenCount);
}

void TestTheme::everyTextKeepsItsContrastOnEverySurface_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("text");
    QTest::addColumn<int>("surface");
    const QList<ColorToken> texts{ColorToken::Text,   ColorToken::TextMuted, ColorToken::TextFaint,
                                  ColorToken::Accent, ColorToken::Good,      ColorToken::Warn,
                                  ColorToken::Bad};
    const QList<ColorToken> surfaces{ColorToken::BgWindow,   ColorToken::BgPanel,      ColorToken::BgStage,
                                     ColorToken::BgField,    ColorToken::BgFieldHover, ColorToken::BgRaised,
                                     ColorToken::AccentSoft, ColorToken::BadSoft};
    for (const QString& name : {QStringLiteral("dark"), QStringLiteral("light")}) {
        const auto row = [&name](ColorToken text, ColorToken surface) {
            QTest::newRow(qPrintable(name + QLatin1String(": ") + Theme::nameOf(text) + QLatin1String(" on ")
                                     + Theme::nameOf(surface)))
                << name << int(text) << int(surface);
        };
        for (const ColorToken text : texts)
            for (const ColorToken surface : surfaces)
                row(text, surface);
        row(ColorToken::AccentText, ColorToken::Accent);
        row(ColorToken::AccentText, ColorToken::AccentHover);
    }
}

void TestTheme::everyTextKeepsItsContrastOnEverySurface()
{
    QFETCH(QString, name);
    QFETCH(int, text);
    QFETCH(int, surface);
    const Result<Theme> theme = Theme::load(folder(name));
    QVERIFY(theme);
    const double ratio = contrast(theme->color(ColorToken(text)), theme->color(ColorToken(surface)));
    QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("only %1 : 1").arg(ratio, 0, 'f', 2)));
}

void TestTheme::theSheetSpeaksOnlyInTokens()
{
    const QString sheet = QString::fromUtf8(read(QStringLiteral(":/gesso/themes/style.qss")));
    QVERIFY(!sheet.isEmpty());
    static const QRegularExpression comment(QStringLiteral("/\\*.*?\\*/"),
                                            QRegularExpression::DotMatchesEverythingOption);
    QString rules = sheet;
    rules.remove(comment);
    static const QRegularExpression literal(QStringLiteral("#[0-9a-fA-F]{3,8}\\b|\\brgba?\\(|palette\\("));
    const QRegularExpressionMatch match = literal.match(rules);
    QVERIFY2(!match.hasMatch(), qPrintable(match.captured(0)));
}

void TestTheme::pictureFilesOfTheSheetExistAndUseTokenColors_data()
{
    builtInThemesLoad_data();
}

void TestTheme::pictureFilesOfTheSheetExistAndUseTokenColors()
{
    QFETCH(QString, name);
    const Result<Theme> theme = Theme::load(folder(name));
    QVERIFY(theme);
    QStringList colors;
    for (int i = 0; i < colorTokenCount; ++i)
        colors << theme->color(ColorToken(i)).name();
    static const QRegularExpression url(QStringLiteral("url\\(([^)]*)\\)"));
    static const QRegularExpression stroke(QStringLiteral("stroke=\"(#[0-9a-f]{6})\""));
    auto urls = url.globalMatch(theme->styleSheet());
    int count = 0;
    while (urls.hasNext()) {
        const QString path = urls.next().captured(1);
        const QByteArray svg = read(path);
        QVERIFY2(!svg.isEmpty(), qPrintable(path));
        const QRegularExpressionMatch match = stroke.match(QString::fromUtf8(svg));
        QVERIFY2(colors.contains(match.captured(1)), qPrintable(path));
        ++count;
    }
    QVERIFY(count >= 4);
}

void TestTheme::aBadFileIsNamedWithItsKey_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("named");
    QTest::newRow("missing colour") << QByteArray("\"bg.panel\"") << QByteArray("\"bg.penal\"")
                                    << QStringLiteral("colors.bg.panel");
    QTest::newRow("no colour") << QByteArray("\"#222326\"") << QByteArray("\"blueish\"")
                               << QStringLiteral("colors.bg.panel");
    QTest::newRow("a named colour") << QByteArray("\"#222326\"") << QByteArray("\"red\"")
                                    << QStringLiteral("colors.bg.panel");
    QTest::newRow("a number") << QByteArray("\"#222326\"") << QByteArray("7")
                              << QStringLiteral("colors.bg.panel");
    QTest::newRow("missing metric") << QByteArray("\"radius\"") << QByteArray("\"radios\"")
                                    << QStringLiteral("metrics.radius");
    QTest::newRow("metric as text") << QByteArray("\"radius\": 5") << QByteArray("\"radius\": \"5\"")
                                    << QStringLiteral("metrics.radius");
    QTest::newRow("absurd metric") << QByteArray("\"radius\": 5") << QByteArray("\"radius\": 1e9")
                                   << QStringLiteral("metrics.radius");
    QTest::newRow("not JSON") << QByteArray("\"colors\": {") << QByteArray("\"colors\": [")
                              << QStringLiteral("line");
    QTest::newRow("deep") << QByteArray("\"colors\": {") << "\"colors\": " + QByteArray(100'000, '[')
                          << QStringLiteral("mine");
    QTest::newRow("no colours at all")
        << QByteArray("\"colors\"") << QByteArray("\"colours\"") << QStringLiteral("colors.bg.window");
}

void TestTheme::aBadFileIsNamedWithItsKey()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, named);
    QByteArray tokens = read(folder(QStringLiteral("dark")) + QLatin1String("/tokens.json"));
    QVERIFY(tokens.contains(from));
    tokens.replace(from, to);
    const Result<Theme> theme =
        Theme::parse(tokens, QStringLiteral("mine/tokens.json"), {}, QStringLiteral("style.qss"));
    QVERIFY(!theme);
    QVERIFY(theme.error().kind == ErrorKind::Unreadable || theme.error().kind == ErrorKind::TooLarge);
    QVERIFY2(theme.error().message.contains(named), qPrintable(theme.error().message));
    QVERIFY2(theme.error().message.contains(QLatin1String("mine/tokens.json")),
             qPrintable(theme.error().message));
}

void TestTheme::anUnknownPlaceholderIsNamed()
{
    const QByteArray tokens = read(folder(QStringLiteral("dark")) + QLatin1String("/tokens.json"));
    const Result<Theme> theme =
        Theme::parse(tokens, QStringLiteral("tokens.json"),
                     QStringLiteral("QLabel { color: @{text}; background: @{bg.pannel}; }"),
                     QStringLiteral("mine/style.qss"));
    QVERIFY(!theme);
    QVERIFY(theme.error().message.contains(QLatin1String("@{bg.pannel}")));
    QVERIFY(theme.error().message.contains(QLatin1String("mine/style.qss")));
}

void TestTheme::aMissingFolderIsNamed()
{
    const Result<Theme> theme = Theme::load(QStringLiteral(":/gesso/themes/none"));
    QVERIFY(!theme);
    QVERIFY(theme.error().message.contains(QLatin1String("themes/none/tokens.json")));
}

void TestTheme::fontsHaveTheirSizes()
{
    const Result<Theme> theme = Theme::load(folder(QStringLiteral("dark")));
    QVERIFY(theme);
    QCOMPARE(theme->font().pointSizeF(), 10.0);
    QCOMPARE(theme->font(MetricToken::FontSmall).pointSizeF(), 8.5);
    QCOMPARE(theme->font(MetricToken::FontTitle).pointSizeF(), 11.5);
    QCOMPARE(theme->font(MetricToken::FontTitle).weight(), QFont::DemiBold);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
