// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/iconset.h"

#include <QPainter>
#include <QPixmap>
#include <QTest>

using namespace gesso;

class TestIconSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyIconDraws_data();
    void everyIconDraws();
    void anUnknownIconIsNull();
    void colorsComeFromTokens();
    void isSharpAtEveryScale();

private:
    QColor strongest(const QImage& image) const;

    IconSet m_icons;
    Theme m_theme;
};

void TestIconSet::initTestCase()
{
    const Result<Theme> theme = Theme::load(QStringLiteral(":/gesso/themes/dark"));
    QVERIFY(theme);
    m_theme = *theme;
    m_icons.setTheme(m_theme);
}

// The colour of the most opaque pixel.
QColor TestIconSet::strongest(const QImage& image) const
{
    QColor best(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (color.alpha() > best.alpha())
                best = color;
        }
    }
    return best;
}

void TestIconSet::everyIconDraws_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = m_icons.names();
    QVERIFY(names.size() > 60);
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestIconSet::everyIconDraws()
{
    QFETCH(QString, name);
    const QImage image = m_icons.icon(name).pixmap(16).toImage();
    QCOMPARE(image.size(), QSize(16, 16));
    QVERIFY(strongest(image).alpha() > 150);
}

void TestIconSet::anUnknownIconIsNull()
{
    QVERIFY(m_icons.icon(QStringLiteral("no-such-icon")).isNull());
    QVERIFY(m_icons.icon(QStringLiteral("../themes/dark/check")).isNull());
}

void TestIconSet::colorsComeFromTokens()
{
    const QIcon icon = m_icons.icon(QStringLiteral("square"), ColorToken::TextMuted);
    const auto colorIn = [&](QIcon::Mode mode, QIcon::State state) {
        return strongest(icon.pixmap(QSize(48, 48), mode, state).toImage());
    };
    QCOMPARE(colorIn(QIcon::Normal, QIcon::Off), m_theme.color(ColorToken::TextMuted));
    QCOMPARE(colorIn(QIcon::Active, QIcon::Off), m_theme.color(ColorToken::Text));
    QCOMPARE(colorIn(QIcon::Normal, QIcon::On), m_theme.color(ColorToken::Text));
    QVERIFY(colorIn(QIcon::Disabled, QIcon::Off).alphaF() < 0.5F);
    const QIcon accent = m_icons.icon(QStringLiteral("square"), ColorToken::Accent);
    QCOMPARE(strongest(accent.pixmap(48).toImage()), m_theme.color(ColorToken::Accent));
}

void TestIconSet::isSharpAtEveryScale()
{
    const QIcon icon = m_icons.icon(QStringLiteral("search"));
    for (const qreal scale : {1.0, 1.5, 2.0, 3.0}) {
        const QPixmap pixmap = icon.pixmap(QSize(16, 16), scale);
        QCOMPARE(pixmap.devicePixelRatio(), scale);
        QCOMPARE(pixmap.size(), (QSizeF(16, 16) * scale).toSize());
    }
    // Painting uses the resolution of what is painted on.
    QImage canvas(64, 64, QImage::Format_ARGB32_Premultiplied);
    canvas.setDevicePixelRatio(4);
    canvas.fill(Qt::transparent);
    QPainter painter(&canvas);
    icon.paint(&painter, QRect(0, 0, 16, 16));
    painter.end();
    QImage direct = icon.pixmap(QSize(16, 16), 4.0).toImage();
    direct.setDevicePixelRatio(4);
    QCOMPARE(canvas.convertToFormat(QImage::Format_ARGB32), direct.convertToFormat(QImage::Format_ARGB32));
}

QTEST_MAIN(TestIconSet)
#include "tst_iconset.moc"
