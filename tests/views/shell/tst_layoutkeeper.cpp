// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/layoutkeeper.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace gesso;

namespace {

struct Window {
    QSettings settings;
    QMainWindow window;
    QDockWidget* dock = new QDockWidget(&window);
    LayoutKeeper* keeper = nullptr;

    explicit Window(const QString& file)
        : settings(file, QSettings::IniFormat)
    {
        window.setCentralWidget(new QWidget);
        dock->setObjectName(QStringLiteral("dock"));
        dock->setWidget(new QWidget);
        window.addDockWidget(Qt::LeftDockWidgetArea, dock);
        keeper = new LayoutKeeper(window, settings);
    }
};

} // namespace

class TestLayoutKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void changesAreRememberedWithoutAnEnd();
    void aBrokenLayoutIsIgnored_data();
    void aBrokenLayoutIsIgnored();
    void aHostileLayoutDoesNoHarm_data();
    void aHostileLayoutDoesNoHarm();
    void otherKeysOfAnotherWindowStay();

private:
    QString file() const { return m_home->filePath(QStringLiteral("gesso.ini")); }
    // What is on the disk, as another process sees it.
    QByteArray onDisk() const
    {
        QFile ini(file());
        return ini.open(QIODevice::ReadOnly) ? ini.readAll() : QByteArray();
    }
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestLayoutKeeper::changesAreRememberedWithoutAnEnd()
{
    Window first(file());
    QVERIFY(!first.keeper->restoreGeometry());
    QVERIFY(!first.keeper->restoreDocks());
    first.keeper->watch();
    first.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&first.window));
    first.window.resize(640, 480);
    QTRY_VERIFY(onDisk().contains("state"));
    const QByteArray before = onDisk();
    first.window.addDockWidget(Qt::RightDockWidgetArea, first.dock);
    first.window.resize(700, 500);
    QTRY_VERIFY(onDisk() != before);
    QTRY_VERIFY(first.settings.value(QStringLiteral("window/state"))
                    .toByteArray()
                    .endsWith(first.window.saveState(1)));

    // Another process reads the file, not this one's memory.
    const QString copy = m_home->filePath(QStringLiteral("copy.ini"));
    QTRY_VERIFY(onDisk().size() > 0);
    first.settings.sync();
    QVERIFY(QFile::copy(file(), copy));
    Window next(copy);
    QVERIFY(next.keeper->restoreGeometry());
    QVERIFY(next.keeper->restoreDocks());
    QCOMPARE(next.window.size(), QSize(700, 500));
    QCOMPARE(next.window.dockWidgetArea(next.dock), Qt::RightDockWidgetArea);
}

void TestLayoutKeeper::aBrokenLayoutIsIgnored_data()
{
    QTest::addColumn<QByteArray>("ini");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("[window]\ngeometry=wide\nstate=left\n");
    QTest::newRow("bytes") << QByteArray("[window]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\xff\\xff)\n"
                                         "state=@ByteArray(\\0\\0\\0\\xff\\0\\0\\0\\x1\\xfd\\xff\\xff)\n");
    QTest::newRow("list") << QByteArray("[window]\ngeometry=@Invalid()\nstate=a, b, c\n");
    QTest::newRow("no ini") << QByteArray("\0\0\0\xff{[[[", 8);
}

void TestLayoutKeeper::aBrokenLayoutIsIgnored()
{
    QFETCH(QByteArray, ini);
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(ini);
    broken.close();
    Window window(file());
    QVERIFY(!window.keeper->restoreGeometry());
    QVERIFY(!window.keeper->restoreDocks());
    QCOMPARE(window.window.dockWidgetArea(window.dock), Qt::LeftDockWidgetArea);
}

void TestLayoutKeeper::aHostileLayoutDoesNoHarm_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("geometry") << QStringLiteral("window/geometry");
    QTest::newRow("state") << QStringLiteral("window/state");
}

// A real one, cut anywhere, and with each byte changed, is left as it is; the panel can be had.
void TestLayoutKeeper::aHostileLayoutDoesNoHarm()
{
    QFETCH(QString, key);
    Window window(file());
    window.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window.window));
    window.keeper->save();
    const QByteArray good = window.settings.value(key).toByteArray();
    QVERIFY(good.size() > 40 && window.keeper->restoreGeometry() && window.keeper->restoreDocks());
    QList<QByteArray> hostile;
    for (qsizetype i = 0; i < good.size(); ++i) {
        hostile.append(good.left(i));
        for (const int flip : {0x01, 0x80, 0xFF}) {
            hostile.append(good);
            hostile.last()[i] = char(good.at(i) ^ flip);
        }
    }
    for (const QByteArray& bytes : std::as_const(hostile)) {
        window.settings.setValue(key, bytes);
        QCOMPARE(window.keeper->restoreGeometry(), key != QLatin1String("window/geometry"));
        QCOMPARE(window.keeper->restoreDocks(), key != QLatin1String("window/state"));
        window.window.addDockWidget(Qt::LeftDockWidgetArea, window.dock);
        window.dock->show();
        QVERIFY2(window.dock->isVisible(), bytes.toHex());
    }
}

void TestLayoutKeeper::otherKeysOfAnotherWindowStay()
{
    Window window(file());
    window.keeper->watch();
    window.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window.window));
    window.keeper->save();
    window.settings.sync();
    QByteArray ini = onDisk(); // another process adds its own
    ini.prepend("[servers]\nlast=http://gpu-box:8188\n\n");
    QFile other(file());
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(ini);
    other.close();
    window.window.resize(555, 444);
    window.keeper->save();
    window.settings.sync();
    QVERIFY(onDisk().contains("gpu-box"));
}

QTEST_MAIN(TestLayoutKeeper)
#include "tst_layoutkeeper.moc"
