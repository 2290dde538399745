// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/anonymizer.h"
#include "viewmodels/diagnostics/localchecks.h"
#include "viewmodels/diagnostics/report.h"

#include <QDir>
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace gesso;

namespace {

const Anonymizer::Person kPerson{QStringLiteral("/home/greta"), QStringLiteral("greta"),
                                 QStringLiteral("atelier")};

CheckResult rowWith(const CheckResults& results, const QString& id)
{
    const auto found = std::find_if(results.begin(), results.end(),
                                    [&id](const CheckResult& result) { return result.id == id; });
    return found == results.end() ? CheckResult{} : *found;
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestDiagnostics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anonymizes_data();
    void anonymizes();
    void sameServerSameName();
    void hidesTypedAddresses();
    void looksAtTheSystem();
    void placeIsFine();
    void roomIsJudged_data();
    void roomIsJudged();
    void placeIsAFile();
    void placeIsReadOnly();
    void damagedSettings();
    void alignsTheReport();
    void bundleHasNoSecrets();
    void bundleIsNotWritten();
};

void TestDiagnostics::anonymizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto row = [](const char* name, const char* text, const char* clean) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(clean);
    };
    row("nothing", "20 steps in 3.2 s", "20 steps in 3.2 s");
    row("home", "cannot write /home/greta/Pictures/a.png", "cannot write ~/Pictures/a.png");
    row("user", "owner greta, group staff", "owner <user>, group staff");
    row("part of a word stays", "the gretan sky", "the gretan sky");
    row("computer", "socket lost: Atelier ended it", "socket lost: <this-computer> ended it");
    row("server's name", "http://gpu-box:8188/queue and gpu-box:8188 again",
        "http://<server-1>:8188/queue and <server-1>:8188 again");
    row("server's address", "no route to 10.1.2.3", "no route to <server-1>");
    row("IPv6", "ws://[2001:db8::7]:8188/ws", "ws://[<server-1>]:8188/ws");
    row("server's name and port", "No machine called gpu-box.studio:8188 was found; gpu-box.studio is gone.",
        "No machine called <server-1>:8188 was found; <server-1> is gone.");
    row("IPv6 and port", "[2001:db8::7]:8188 refuses", "[<server-1>]:8188 refuses");
    row("a time is no server", "[2026-11-21 19:00:15.123] [gesso] run: 1024x1024, line 12:3",
        "[2026-11-21 19:00:15.123] [gesso] run: 1024x1024, line 12:3");
    row("loopback and port stay", "127.0.0.1:8188 localhost:8188 [::1]:8188",
        "127.0.0.1:8188 localhost:8188 [::1]:8188");
    row("loopback stays", "http://127.0.0.1:8188 and http://localhost:8188 and http://[::1]:1",
        "http://127.0.0.1:8188 and http://localhost:8188 and http://[::1]:1");
    row("e-mail", "Copyright greta.m@studio.example", "Copyright <e-mail>");
    row("token", "Authorization: Bearer abcdefgh", "Authorization: <redacted> <redacted>");
    row("markup stays text", "<b>bold</b> & <script>", "<b>bold</b> & <script>");
}

void TestDiagnostics::anonymizes()
{
    QFETCH(QString, text);
    Anonymizer anonymizer(kPerson);
    QTEST(anonymizer.clean(text), "clean");
}

void TestDiagnostics::sameServerSameName()
{
    Anonymizer anonymizer(kPerson);
    anonymizer.hideServer(QStringLiteral("render.studio.example"));
    QCOMPARE(anonymizer.clean(QStringLiteral("http://other:1 RENDER.studio.example")),
             QStringLiteral("http://<server-2>:1 <server-1>"));
    QCOMPARE(anonymizer.clean(QStringLiteral("again http://other/")),
             QStringLiteral("again http://<server-2>/"));
}

// However it was typed; a name that stands alone, too.
void TestDiagnostics::hidesTypedAddresses()
{
    for (const char* address :
         {"gpu-box", "gpu-box:8188", "http://gpu-box:8188/", "https://me@gpu-box/comfy"}) {
        Anonymizer anonymizer(kPerson);
        anonymizer.hideAddress(QLatin1String(address));
        QCOMPARE(anonymizer.clean(QStringLiteral("gpu-box was restarted")),
                 QStringLiteral("<server-1> was restarted"));
    }
}

void TestDiagnostics::looksAtTheSystem()
{
    qputenv("COMFYUI_TOKEN", "hunter2");
    qputenv("COMFYUI_SERVER_ADDRESS", "http://me:hunter2@gpu-box:8188");
    const CheckResults results = systemChecks(QStringLiteral("9.9"));
    qunsetenv("COMFYUI_TOKEN");
    qunsetenv("COMFYUI_SERVER_ADDRESS");
    QCOMPARE(rowWith(results, QStringLiteral("gesso")).text, QStringLiteral("9.9"));
    QVERIFY(rowWith(results, QStringLiteral("qt")).text.contains(QLatin1String(qVersion())));
    QCOMPARE(rowWith(results, QStringLiteral("picture-formats")).state, CheckState::Ok);
    QCOMPARE(rowWith(results, QStringLiteral("sqlite")).state, CheckState::Ok);
    QVERIFY(rowWith(results, QStringLiteral("environment-comfyui-server-address"))
                .text.contains(QLatin1String("gpu-box")));
    for (const CheckResult& result : results) {
        QVERIFY2(!result.text.contains(QLatin1String("hunter2")), qPrintable(result.id));
    }
}

void TestDiagnostics::placeIsFine()
{
    const QTemporaryDir folder;
    UsedPlaces places;
    places.outputFolder = folder.path();
    places.cacheFolder = folder.filePath(QStringLiteral("not/yet"));
    const CheckResults results = placeChecks(places);
    QCOMPARE(results.size(), 2);
    QVERIFY(rowWith(results, QStringLiteral("folder-output")).state != CheckState::Problem);
    QVERIFY(rowWith(results, QStringLiteral("folder-cache")).state != CheckState::Problem);
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestDiagnostics::roomIsJudged_data()
{
    constexpr qint64 mebibyte = 1024 * 1024;
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<CheckState>("state");
    QTest::newRow("unknown") << qint64(-1) << CheckState::Ok;
    QTest::newRow("full") << qint64(0) << CheckState::Problem;
    QTest::newRow("less than stays free") << 15 * mebibyte << CheckState::Problem;
    QTest::newRow("little") << 17 * mebibyte << CheckState::Note;
    QTest::newRow("enough") << 2048 * mebibyte << CheckState::Ok;
}

void TestDiagnostics::roomIsJudged()
{
    QFETCH(qint64, bytes);
    QFETCH(CheckState, state);
    QCOMPARE(roomLeft(bytes).first, state);
    QCOMPARE(roomLeft(bytes).second.isEmpty(), state == CheckState::Ok);
}

void TestDiagnostics::placeIsAFile()
{
    const QTemporaryDir folder;
    UsedPlaces places;
    places.outputFolder = folder.filePath(QStringLiteral("taken"));
    write(places.outputFolder, "x");
    const CheckResult row = rowWith(placeChecks(places), QStringLiteral("folder-output"));
    QCOMPARE(row.state, CheckState::Problem);
    QVERIFY(row.text.contains(QLatin1String("taken")));
    QVERIFY(!row.hint.isEmpty());
}

void TestDiagnostics::placeIsReadOnly()
{
    UsedPlaces places;
    places.outputFolder = QStringLiteral("/proc/self"); // nobody can write there, not even root
    if (!QFileInfo::exists(places.outputFolder)) {
        QSKIP("This system has no folder that nobody can write.");
    }
    QCOMPARE(rowWith(placeChecks(places), QStringLiteral("folder-output")).state, CheckState::Problem);
}

void TestDiagnostics::damagedSettings()
{
    const QTemporaryDir folder;
    UsedPlaces places;
    places.settingsFile = folder.filePath(QStringLiteral("gesso.ini"));
    QCOMPARE(rowWith(placeChecks(places), QStringLiteral("settings")).state, CheckState::Ok);
    for (const char* damaged : {"[unclosed\nno equals sign\n", "[form]\nseedRule=fixed\n[runs]\nresub"}) {
        write(places.settingsFile, damaged);
        QCOMPARE(rowWith(placeChecks(places), QStringLiteral("settings")).state, CheckState::Problem);
    }
}

void TestDiagnostics::alignsTheReport()
{
    const CheckResults results{{QStringLiteral("a"),
                                QStringLiteral("One"),
                                QStringLiteral("Short"),
                                CheckState::Ok,
                                QStringLiteral("x"),
                                {}},
                               {QStringLiteral("b"), QStringLiteral("One"), QStringLiteral("Much longer"),
                                CheckState::Problem, QStringLiteral("y"), QStringLiteral("do this")},
                               {QStringLiteral("c"),
                                QStringLiteral("Two"),
                                QStringLiteral("Z"),
                                CheckState::Note,
                                QStringLiteral("z"),
                                {}}};
    QCOMPARE(reportText(results),
             QStringLiteral("One\n"
                            "  ok      Short        x\n"
                            "  PROBLEM Much longer  y\n"
                            "                       do this\n"
                            "\n"
                            "Two\n"
                            "  note    Z            z\n"));
}

void TestDiagnostics::bundleHasNoSecrets()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(QStringLiteral("gesso.ini"));
    {
        QSettings file(settings, QSettings::IniFormat);
        file.setValue(QStringLiteral("server/last"), QStringLiteral("http://me:hunter2@gpu-box:8188"));
        file.setValue(QStringLiteral("server/token"), QStringLiteral("hunter2"));
        file.setValue(QStringLiteral("servers/last"), QStringLiteral("http://quiet:8188"));
        file.setValue(QStringLiteral("servers/recent"),
                      QStringList{QStringLiteral("https://farm/c Greta's den")});
        file.setValue(QStringLiteral("library/folders"),
                      QStringList{QStringLiteral("/home/greta/rebranding")});
        file.setValue(QStringLiteral("library/lastWorkflow"), QStringLiteral("/mnt/rebranding/logo.json"));
        file.setValue(QStringLiteral("window/state"), QByteArray("\0\1\2", 3));
    }
    QByteArray log(300'000, 'x');
    log += "\nnet: socket lost: gpu-box:8188, Authorization: Bearer hunter2hunter2\n"
           "net: quiet is busy, elsewhere ended it, farm too, proxy as well\n";
    write(folder.filePath(QStringLiteral("gesso.log")), log);
    qputenv("COMFYUI_SERVER_ADDRESS", "elsewhere");
    qputenv("http_proxy", "http://proxy:3128");
    qputenv("no_proxy", "localhost, .intern.example");
    const QString text = diagnosticsBundle(systemChecks(QStringLiteral("9.9")), settings, folder.path(),
                                           Anonymizer(kPerson), QDateTime::fromSecsSinceEpoch(0));
    qunsetenv("COMFYUI_SERVER_ADDRESS");
    qunsetenv("http_proxy");
    qunsetenv("no_proxy");
    QVERIFY(text.contains(QLatin1String("1970-01-01T00:00:00Z")));
    QVERIFY(text.contains(QLatin1String("library/folders = 1, not shown")));
    QVERIFY(text.contains(QLatin1String("socket lost: <server-")));
    QVERIFY(!text.contains(QLatin1String("xxx"))); // the line that was cut
    for (const char* secret : {"hunter2", "gpu-box", "greta", "Greta", "den", "quiet", "elsewhere", "farm",
                               " proxy ", "://proxy", "intern", "rebranding", "logo"}) {
        QVERIFY2(!text.contains(QLatin1String(secret)), secret);
    }
}

void TestDiagnostics::bundleIsNotWritten()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("absent/report.txt"));
    const Result<void> written = writeBundle(path, QStringLiteral("x"));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::DiskError);
    QVERIFY(written.error().message.contains(QLatin1String("report.txt")));
}

QTEST_GUILESS_MAIN(TestDiagnostics)
#include "tst_diagnostics.moc"
