// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/settingsguard.h"
#include "viewmodels/shell/shellsettings.h"

#include "tests/testkit/testdata.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestShellSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembers();
    void neverStoresSecrets();
    void windowsDoNotOverwriteEachOther();
    void toleratesRubbish();
    void damageIsToldAndKept_data();
    void damageIsToldAndKept();
    void aGroupThatStandsTwiceIsReadWhole();
    void whatWouldTakeAllMemoryIsSetAside_data();
    void whatWouldTakeAllMemoryIsSetAside();
    void withoutAFileNothingIsRemembered();
};

void TestShellSettings::remembers()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    {
        ShellSettings settings(file);
        settings.setLastWorkflow(QStringLiteral("/Bilder/Mühle 風車.json"));
        settings.setRecentWorkflows({QStringLiteral("/a, b;c.json"), QStringLiteral("/%d.json")});
        settings.setFolders({QStringLiteral("/one")});
        settings.setSeedRule(SeedRule::Decrement);
        settings.setOutputFolder(QStringLiteral("/out"));
        settings.setRecentServers(
            {{QStringLiteral("The farm"), QUrl(QStringLiteral("https://farm/comfy")), {}, false},
             {{}, QUrl(QStringLiteral("http://gpu:8188")), {}, false}});
    }
    const ShellSettings settings(file);
    QCOMPARE(settings.lastWorkflow(), QStringLiteral("/Bilder/Mühle 風車.json"));
    QCOMPARE(settings.recentWorkflows(),
             (QStringList{QStringLiteral("/a, b;c.json"), QStringLiteral("/%d.json")}));
    QCOMPARE(settings.folders(), QStringList{QStringLiteral("/one")});
    QCOMPARE(settings.seedRule(), SeedRule::Decrement);
    QCOMPARE(settings.outputFolder(), QStringLiteral("/out"));
    QCOMPARE(settings.recentServers().size(), qsizetype(2));
    QCOMPARE(settings.recentServers().at(0).name, QStringLiteral("The farm"));
    QCOMPARE(settings.recentServers().at(1).url, QUrl(QStringLiteral("http://gpu:8188")));
}

void TestShellSettings::neverStoresSecrets()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    {
        ShellSettings settings(file);
        settings.setRecentServers(
            {{QStringLiteral("Farm"), QUrl(QStringLiteral("https://me:hunter2@farm/comfy")),
              QStringLiteral("tok-secret"), false}});
    }
    const QByteArray stored = testkit::readAll(file);
    QVERIFY(stored.contains("farm"));
    QVERIFY(!stored.contains("tok-secret"));
    QVERIFY(!stored.contains("hunter2"));
    QCOMPARE(ShellSettings(file).recentServers().value(0).bearerToken, QString());
}

void TestShellSettings::windowsDoNotOverwriteEachOther()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    const auto q = [](const char* text) { return QString::fromLatin1(text); };
    ShellSettings(file).setFolders({q("/old"), q("/older")});
    {
        ShellSettings one(file);
        ShellSettings other(file);
        one.setFolders({q("/old"), q("/older"), q("/one")});
        other.setFolders({q("/older"), q("/other")}); // without /old
        one.setRecentWorkflows({q("/a.json")});
        other.setRecentWorkflows({q("/b.json")});
        one.setRecentWorkflows({q("/c.json"), q("/a.json")});
    }
    QStringList folders = ShellSettings(file).folders();
    folders.sort();
    QCOMPARE(folders, (QStringList{q("/older"), q("/one"), q("/other")}));
    QCOMPARE(ShellSettings(file).recentWorkflows(), (QStringList{q("/c.json"), q("/b.json"), q("/a.json")}));

    // What somebody takes out does not come back with the next thing another window puts in.
    ShellSettings one(file);
    ShellSettings other(file);
    other.setFolders({q("/one"), q("/other")});
    one.setFolders({q("/older"), q("/one"), q("/other"), q("/new")});
    folders = ShellSettings(file).folders();
    folders.sort();
    QCOMPARE(folders, (QStringList{q("/new"), q("/one"), q("/other")}));
}

void TestShellSettings::toleratesRubbish()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        "[servers]\nrecent=not a url, :::, @Invalid()\n[form]\nseedRule=\xff\xfe whatever\n[broken\n\0\0");
    file.close();
    const ShellSettings settings(file.fileName());
    QCOMPARE(settings.seedRule(), SeedRule::Randomize);
    QCOMPARE(settings.lastWorkflow(), QString());
    for (const ServerProfile& server : settings.recentServers()) {
        QVERIFY(!server.url.host().isEmpty());
    }
}

// Found by fuzzing: Qt reads these values when it opens the file, and one of them asked for two gigabytes.
// Found by fuzzing: QSettings read it in part at first, and wholly after the first setting was written.
void TestShellSettings::aGroupThatStandsTwiceIsReadWhole()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("settings.ini"));
    QVERIFY(QFile::copy(testkit::sourceFolder() + QStringLiteral("/tests/fuzz/corpus/settings/group-twice"),
                        path));
    ShellSettings settings(path);
    const QList<ServerProfile> servers = settings.recentServers();
    settings.setFolders(settings.folders());
    settings.setRecentServers(servers);
    QCOMPARE(settings.recentServers().size(), servers.size());
}

void TestShellSettings::whatWouldTakeAllMemoryIsSetAside_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isUnsafe");
    QTest::newRow("variant") << QByteArray("@Variant(\\0\\0\\0\\xb\\x7f\\xff\\xff\\xf0)") << true;
    QTest::newRow("date") << QByteArray("@DateTime(\\0\\0\\0\\x10)") << true;
    QTest::newRow("hexadecimal") << QByteArray("\\x40Variant(x)") << true;
    QTest::newRow("octal") << QByteArray("\\100Variant(x)") << true;
    QTest::newRow("quotes inside") << QByteArray("@Vari\"\"ant(x)") << true;
    QTest::newRow("over two lines") << QByteArray("@Vari\\\nant(x)") << true;
    QTest::newRow("in a list") << QByteArray("a, @Variant(x)") << true;
    QTest::newRow("bytes") << QByteArray("@ByteArray(\\0\\x1)") << false;
    QTest::newRow("words") << QByteArray("Variant(x), \\\\ and \\") << false;
}

void TestShellSettings::whatWouldTakeAllMemoryIsSetAside()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isUnsafe);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.ini")));
    const QByteArray ini = "[library]\nlastWorkflow=/a.json\n[window]\ngeometry=" + value + "\n";
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(ini) == ini.size());
    file.close();
    const QString expected = isUnsafe ? QString() : QStringLiteral("/a.json");
    QCOMPARE(ShellSettings(file.fileName()).lastWorkflow(), expected); // never read
    QCOMPARE(testkit::readAll(file.fileName()), ini); // nor touched by who only looks, as doctor does
    QCOMPARE(setAsideUnsafeSettings(file.fileName()).has_value(), isUnsafe);
    const ShellSettings settings(file.fileName());
    QCOMPARE(settings.lastWorkflow(), expected);
    if (isUnsafe) {
        QCOMPARE(testkit::readAll(file.fileName() + QStringLiteral(".damaged")), ini);
    }
}

void TestShellSettings::damageIsToldAndKept_data()
{
    QTest::addColumn<QByteArray>("ini");
    QTest::addColumn<QString>("where"); // empty: nothing is damaged
    QTest::newRow("sound") << QByteArray("; mine\n\n[form]\nseedRule=fixed\n") << QString();
    QTest::newRow("half a line") << QByteArray("[form]\nseedRule=fixed\n[runs]\nresubm")
                                 << QStringLiteral("line 4");
    QTest::newRow("half a section") << QByteArray("[form]\nseedRule=fixed\n[ru") << QStringLiteral("line 3");
    QTest::newRow("noise in between")
        << QByteArray("[form]\n\xA5\xA5\xA5\nseedRule=fixed\n") << QStringLiteral("line 2");
}

void TestShellSettings::damageIsToldAndKept()
{
    QFETCH(QByteArray, ini);
    QFETCH(QString, where);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("settings.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(ini) == ini.size());
    file.close();
    const QString kept = file.fileName() + QStringLiteral(".damaged");
    {
        const QSettings other(file.fileName(),
                              QSettings::IniFormat); // the window reads its own from it first
        QVERIFY(!other.allKeys().isEmpty());
        ShellSettings settings(file.fileName());
        QCOMPARE(settings.damage().has_value(), !where.isEmpty());
        QCOMPARE(settings.seedRule(), SeedRule::Fixed); // what could be read
        QCOMPARE(QFile::exists(kept), !where.isEmpty());
        settings.setLastWorkflow(QStringLiteral("/a.json"));
        if (where.isEmpty()) {
            return;
        }
        QVERIFY2(settings.damage()->message.contains(where), qPrintable(settings.damage()->message));
        QVERIFY(settings.damage()->hint.contains(QLatin1String("settings.ini.damaged")));
    }
    QCOMPARE(testkit::readAll(kept), ini);
    const ShellSettings again(file.fileName());
    QVERIFY(!again.damage()); // written anew
    QCOMPARE(again.seedRule(), SeedRule::Fixed);
    QCOMPARE(again.lastWorkflow(), QStringLiteral("/a.json"));
}

void TestShellSettings::withoutAFileNothingIsRemembered()
{
    ShellSettings settings({});
    settings.setLastWorkflow(QStringLiteral("/a.json"));
    QCOMPARE(settings.lastWorkflow(), QString());
    QCOMPARE(settings.seedRule(), SeedRule::Randomize);
}

QTEST_GUILESS_MAIN(TestShellSettings)
#include "tst_shellsettings.moc"
