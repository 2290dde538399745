// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestThemeController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theChoiceIsRemembered();
    void theSystemDecidesAtFirst();
    void aChangeRedressesShownWidgets();
    void aBadThemeLeavesTheBuiltInOne();
    void portalValues_data();
    void portalValues();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
};

void TestThemeController::init()
{
    qApp->setStyleSheet(QString());
    qApp->setPalette(QPalette(Qt::lightGray));
    m_dir = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
}

void TestThemeController::theChoiceIsRemembered()
{
    {
        ThemeController theme(*qApp, *m_settings);
        QCOMPARE(theme.choice(), ThemeChoice::System);
        theme.setChoice(ThemeChoice::Dark);
        QVERIFY(theme.theme().isDark());
    }
    {
        ThemeController again(*qApp, *m_settings);
        QCOMPARE(again.choice(), ThemeChoice::Dark);
        QVERIFY(again.theme().isDark());
        again.setChoice(ThemeChoice::Light);
        QVERIFY(!again.theme().isDark());
        again.setChoice(ThemeChoice::System);
    }
    QCOMPARE(ThemeController(*qApp, *m_settings).choice(), ThemeChoice::System);
}

void TestThemeController::theSystemDecidesAtFirst()
{
    // No portal answers in a test, so the palette the application started with decides.
    qApp->setPalette(QPalette(Qt::black));
    QVERIFY(ThemeController(*qApp, *m_settings).theme().isDark());
    qApp->setPalette(QPalette(Qt::white));
    QVERIFY(!ThemeController(*qApp, *m_settings).theme().isDark());
}

void TestThemeController::aChangeRedressesShownWidgets()
{
    ThemeController theme(*qApp, *m_settings);
    theme.setChoice(ThemeChoice::Dark);
    QWidget window;
    window.resize(80, 80);
    QLabel icon(&window);
    const QIcon plus = theme.icon(QStringLiteral("plus"), ColorToken::Text);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(window.grab().toImage().pixelColor(70, 70), theme.color(ColorToken::BgPanel));
    const QImage darkIcon = plus.pixmap(16).toImage();

    QSignalSpy changed(&theme, &ThemeController::changed);
    theme.setChoice(ThemeChoice::Light);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(window.grab().toImage().pixelColor(70, 70), theme.color(ColorToken::BgPanel));
    QVERIFY(theme.color(ColorToken::BgPanel).lightnessF() > 0.8F);
    // The icon handed out before follows.
    QVERIFY(plus.pixmap(16).toImage() != darkIcon);
}

void TestThemeController::aBadThemeLeavesTheBuiltInOne()
{
    const QString folder = m_dir->filePath(QStringLiteral("themes"));
    QVERIFY(QDir().mkpath(folder + QLatin1String("/dark")));
    QFile tokens(folder + QLatin1String("/dark/tokens.json"));
    QVERIFY(tokens.open(QIODevice::WriteOnly));
    tokens.write(R"({"colors": {"bg.window": "nonsense"}})");
    tokens.close();
    QFile sheet(folder + QLatin1String("/style.qss"));
    QVERIFY(sheet.open(QIODevice::WriteOnly));
    sheet.close();

    m_settings->setValue(QStringLiteral("theme/choice"), QStringLiteral("dark"));
    ThemeController theme(*qApp, *m_settings, folder);
    QVERIFY(theme.error());
    QVERIFY2(theme.error()->message.contains(QLatin1String("colors.bg.window")),
             qPrintable(theme.error()->message));
    QVERIFY2(theme.error()->message.contains(tokens.fileName()), qPrintable(theme.error()->message));
    QVERIFY(theme.theme().isDark());
    QCOMPARE(theme.color(ColorToken::BgPanel), QColor(QStringLiteral("#222326")));

    QSignalSpy failed(&theme, &ThemeController::failed);
    theme.setChoice(ThemeChoice::Light); // light/ is missing altogether
    QCOMPARE(failed.count(), 1);
    QVERIFY(!theme.theme().isDark());
}

void TestThemeController::portalValues_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("fallback");
    QTest::addColumn<bool>("dark");
    const auto wrapped = [](uint value) {
        return QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(value))));
    };
    QTest::newRow("dark") << wrapped(1) << false << true;
    QTest::newRow("light") << wrapped(2) << true << false;
    QTest::newRow("no preference, light palette") << wrapped(0) << false << false;
    QTest::newRow("no preference, dark palette") << wrapped(0) << true << true;
    QTest::newRow("once wrapped") << QVariant::fromValue(QDBusVariant(1U)) << false << true;
    QTest::newRow("unknown number") << wrapped(9) << true << true;
    QTest::newRow("text") << QVariant(QStringLiteral("dark")) << false << false;
    QTest::newRow("nothing") << QVariant() << true << true;
}

void TestThemeController::portalValues()
{
    QFETCH(QVariant, value);
    QFETCH(bool, fallback);
    QFETCH(bool, dark);
    QCOMPARE(SystemColorScheme::darkFromPortal(value, fallback), dark);
}

int main(int argc, char** argv)
{
    // The desktop of whoever runs the test must not decide.
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
    QApplication app(argc, argv);
    TestThemeController test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_themecontroller.moc"
