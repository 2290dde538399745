// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void hostileTexts_data();
    void hostileTexts();
    void secrets_data();
    void secrets();
    void longTextsAreCut();
    void fewAndSmallFiles();
    void nobodyElseReadsIt();

private:
    QByteArray written(const QString& text);

    QTemporaryDir m_folder;
    QByteArray m_before;
};

// One logger for all: a running one is replaced, which would end it for other threads.
void TestLog::initTestCase()
{
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755)); // as folders are made elsewhere
    log::start(m_folder.path());
}

void TestLog::init()
{
    m_before.clear();
    m_before = written(QStringLiteral("begin"));
}

// All that is in the file after `text` was written.
QByteArray TestLog::written(const QString& text)
{
    log::info(log::Category::App, text); // written through at once from this level on
    QFile file(m_folder.filePath(QStringLiteral("gesso.log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().mid(m_before.size()) : QByteArray();
}

void TestLog::hostileTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("newline") << u"a\n[2026-01-01] [gesso] [error] run: forged"_qs
                             << u"app: a⏎[2026-01-01] [gesso] [error] run: forged"_qs;
    QTest::newRow("carriage return") << u"a\rb"_qs << u"app: a\uFFFDb"_qs;
    QTest::newRow("escape sequence") << u"\x1b]0;owned\x07\x1b[2J"_qs
                                     << u"app: \uFFFD]0;owned\uFFFD\uFFFD[2J"_qs;
    QTest::newRow("right to left") << u"a\u202Eb"_qs << u"app: a\uFFFDb"_qs;
    QTest::newRow("NUL") << QString(u'a' + QString(QChar(0)) + u'b') << u"app: a\uFFFDb"_qs;
    QTest::newRow("placeholders") << u"{} %s %n {0:999999999}"_qs << u"app: {} %s %n {0:999999999}"_qs;
}

void TestLog::hostileTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    const QByteArray lines = written(text);
    QCOMPARE(lines.count('\n'), 1);
    QVERIFY2(lines.trimmed().endsWith(shown.toUtf8()), lines.constData());
}

void TestLog::secrets_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("bearer") << QStringLiteral("sent Authorization: Bearer hunter2hunter2");
    QTest::newRow("without a name") << QStringLiteral("got bearer hunter2hunter2 back");
    QTest::newRow("basic") << QStringLiteral("got Basic hunter2hunter2 back");
    QTest::newRow("user info") << QStringLiteral("connected to https://me:hunter2hunter2@farm:8188/x");
    QTest::newRow("query") << QStringLiteral("GET /ws?clientId=1&token=hunter2hunter2");
    QTest::newRow("JSON") << QStringLiteral(R"({"api_key_comfy_org": "hunter2hunter2"})");
    QTest::newRow("over two lines") << QStringLiteral("Authorization: Bearer\n hunter2hunter2");
}

void TestLog::secrets()
{
    QFETCH(QString, text);
    const QByteArray lines = written(text);
    QVERIFY2(!lines.contains("hunter2"), lines.constData());
    QVERIFY2(lines.contains("<redacted>"), lines.constData());
}

void TestLog::longTextsAreCut()
{
    const QByteArray lines = written(QString(1'000'000, u'x'));
    QVERIFY(lines.size() < 9000);
    QVERIFY(lines.trimmed().endsWith("x…"));
}

// However much is said: the newest is there, the oldest is gone, and the disk does not fill up.
void TestLog::fewAndSmallFiles()
{
    const QString first = QStringLiteral("the first of many");
    written(first);
    const QString text(8000, u'x');
    for (int i = 0; i < 2000; ++i) { // 16 MB
        log::info(log::Category::App, text);
    }
    log::info(log::Category::App, QStringLiteral("the last of many"));
    qint64 total = 0;
    QByteArray all;
    const QFileInfoList files =
        QDir(m_folder.path()).entryInfoList({QStringLiteral("gesso*.log")}, QDir::Files);
    QCOMPARE(files.size(), 5);
    for (const QFileInfo& info : files) {
        QVERIFY(info.size() <= 2 * 1024 * 1024);
        total += info.size();
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        all += file.readAll();
    }
    QVERIFY2(total > 7 * 1024 * 1024, QByteArray::number(total).constData());
    QVERIFY(!all.contains(first.toUtf8()));
    QFile newest(m_folder.filePath(QStringLiteral("gesso.log")));
    QVERIFY(newest.open(QIODevice::ReadOnly) && newest.readAll().endsWith("the last of many\n"));
}

void TestLog::nobodyElseReadsIt()
{
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(m_folder.path()) & others));
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"
