// SPDX-License-Identifier: GPL-3.0-or-later
// Downloads over HTTP from a server that cuts, lies and forgets: what reaches the disk is the file or
// nothing.
#include "core/comfy/comfyclient.h"
#include "core/run/outputcollector.h"
#include "tests/testkit/scriptedserver.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;
using testkit::ScriptedServer;
using Request = ScriptedServer::Request;

namespace {

constexpr int kFileBytes = 1'000'000;

QByteArray pictureOf(char seed)
{
    QByteArray bytes(kFileBytes, '\0');
    for (int i = 0; i < kFileBytes; ++i) {
        bytes[i] = char(i * 31 + i / 251 + seed);
    }
    return bytes;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A file server whose every fault is a member.
struct FileServer {
    QByteArray file = pictureOf('a');
    QByteArray names = "ETag: \"1\"\r\nLast-Modified: Sat, 07 Mar 2026 10:00:00 GMT\r\n";
    QList<qint64> cuts; // after so many bytes of an answer's body, one per answer
    qint64 cutEach = -1; // of every answer: Qt asks again by itself when it is cut very early
    bool knowsRanges = true;
    bool honoursCondition = true; // If-Range; aiohttp does not with an ETag
    QByteArray falseRange; // a Content-Range that is told instead of the true one
    QByteArray encoding;
    ScriptedServer http{[this](const Request& request) { answer(request); }};

    QList<qint64> asked; // first byte of each request; 0 without a Range
    qint64 sent = 0;

    void answer(const Request& request)
    {
        const QByteArray range = request.headers.value("range");
        asked += range.isEmpty() ? 0 : range.mid(6).chopped(1).toLongLong();
        const QByteArray condition = request.headers.value("if-range");
        const bool isSame = condition.isEmpty() || !honoursCondition || names.contains(condition);
        const bool isPart = knowsRanges && asked.last() > 0 && isSame;
        if (isPart && asked.last() >= file.size()) {
            request.socket->write("HTTP/1.1 416 No\r\nContent-Range: bytes */"
                                  + QByteArray::number(file.size()) + "\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        const QByteArray body = isPart ? file.mid(asked.last()) : file;
        const QByteArray told = falseRange.isEmpty() ? "bytes " + QByteArray::number(asked.last()) + '-'
                + QByteArray::number(file.size() - 1) + '/' + QByteArray::number(file.size())
                                                     : falseRange;
        request.socket->write((isPart ? "HTTP/1.1 206 Partial\r\nContent-Range: " + told + "\r\n"
                                      : QByteArray("HTTP/1.1 200 OK\r\n"))
                              + names + encoding + "Content-Length: " + QByteArray::number(body.size())
                              + "\r\n\r\n");
        const qint64 wanted = cutEach >= 0 ? cutEach : cuts.isEmpty() ? body.size() : cuts.takeFirst();
        const qint64 end = std::min<qint64>(wanted, body.size());
        sent += end;
        request.socket->write(body.first(end));
        if (end < body.size()) {
            request.socket->disconnectFromHost();
        }
    }
};

struct Fixture {
    FileServer server;
    QTemporaryDir folder;
    ComfyClient client{server.http.url()};
    OutputCollector collector{client, OutputStore({}, 0)}; // its files are small

    PlannedFile plan() const
    {
        OutputItem item;
        item.filename = QStringLiteral("x.mp4");
        item.type = QStringLiteral("output");
        return {item, folder.path(), QStringLiteral("x.mp4"), "run x.mp4"};
    }
    Result<QString> save(const CancelToken& cancel = {})
    {
        return QCoro::waitFor(collector.save(plan(), cancel));
    }
    QStringList entries() const
    {
        return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }
    // What a first attempt leaves that is cut after so few bytes that save() gives up.
    void leave(qint64 bytes)
    {
        server.cutEach = bytes;
        QVERIFY(!save());
        QCOMPARE(entries().size(), 2);
        server.cutEach = -1;
        server.asked.clear();
    }
    void compare(const Result<QString>& saved)
    {
        QVERIFY2(saved, saved ? "" : qPrintable(saved.error().message));
        QCOMPARE(entries(), QStringList{QStringLiteral("x.mp4")});
        QVERIFY(contentOf(*saved) == server.file);
    }
};

} // namespace

class TestOutputCollector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesAFile()
    {
        Fixture f;
        f.compare(f.save());
        QCOMPARE(f.server.asked, QList<qint64>{0});
    }

    // A line that drops every few hundred kilobytes: nothing is fetched twice.
    void aBadLineBringsTheWholeFile()
    {
        Fixture f;
        f.server.cuts = {300'000, 300'000, 300'000};
        f.compare(f.save());
        QVERIFY(f.server.asked.size() >= 4);
        QVERIFY(std::is_sorted(f.server.asked.cbegin(), f.server.asked.cend()));
        QVERIFY(f.server.asked.last() > 256 * 1024);
        // What Qt still held when the line was cut may be lost, no more.
        QVERIFY2(f.server.sent < kFileBytes + 3 * 300'000, qPrintable(QString::number(f.server.sent)));
    }

    void aLaterAttemptGoesOn()
    {
        Fixture f;
        f.leave(100'000);
        f.compare(f.save());
        QCOMPARE(f.server.asked.size(), 1);
        QVERIFY(f.server.asked[0] > 0);
        const Request second = f.server.http.requests().last();
        QCOMPARE(second.headers.value("if-range"), "Sat, 07 Mar 2026 10:00:00 GMT");
    }

    void anotherCollectorGoesOn() // as after a restart
    {
        Fixture f;
        f.leave(100'000);
        OutputCollector other(f.client, OutputStore({}, 0));
        QCoro::waitFor(other.prepareFolder(f.folder.path()));
        f.compare(QCoro::waitFor(other.save(f.plan(), {})));
        QCOMPARE(f.server.asked.size(), 1);
        QVERIFY(f.server.asked[0] > 0);
    }

    // A second half that is of another file never meets the first.
    void aChangedFileStartsOver_data()
    {
        QTest::addColumn<bool>("honoursCondition");
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<int>("requests"); // of the second attempt
        const QByteArray newTag = "ETag: \"2\"\r\nLast-Modified: Sat, 07 Mar 2026 10:00:00 GMT\r\n";
        const QByteArray newDate = "ETag: \"1\"\r\nLast-Modified: Sat, 07 Mar 2026 10:00:09 GMT\r\n";
        QTest::newRow("the server sees the date") << true << newDate << 1;
        QTest::newRow("the server ignores the condition: tag") << false << newTag << 2;
        QTest::newRow("the server ignores the condition: date") << false << newDate << 2;
        QTest::newRow("the server names nothing any more") << false << QByteArray() << 2;
    }

    void aChangedFileStartsOver()
    {
        QFETCH(bool, honoursCondition);
        QFETCH(QByteArray, names);
        QFETCH(int, requests);
        Fixture f;
        f.leave(100'000);
        f.server.file = pictureOf('b');
        f.server.names = names;
        f.server.honoursCondition = honoursCondition;
        f.compare(f.save());
        QCOMPARE(f.server.asked.size(), requests);
        QVERIFY(f.server.asked[0] > 0);
    }

    void aShorterFileStartsOver() // 416
    {
        Fixture f;
        f.leave(100'000);
        f.server.honoursCondition = false;
        f.server.file = "short";
        f.compare(f.save());
        QCOMPARE(f.server.asked.size(), 2);
        QCOMPARE(f.server.asked[1], 0);
    }

    void aServerWithoutRangesStartsOver()
    {
        Fixture f;
        f.leave(100'000);
        f.server.knowsRanges = false;
        f.compare(f.save());
        QCOMPARE(f.server.asked.size(), 1);
    }

    void aLyingRangeIsNotUsed_data()
    {
        QTest::addColumn<QByteArray>("range");
        const QByteArray total = QByteArray::number(kFileBytes);
        const QByteArray last = QByteArray::number(kFileBytes - 1);
        QTest::newRow("from the start") << QByteArray("bytes 0-" + last + '/' + total);
        QTest::newRow("another total") << QByteArray("bytes 100000-999998/999999");
        QTest::newRow("unknown total") << QByteArray("bytes 100000-" + last + "/*");
        QTest::newRow("not to the end") << QByteArray("bytes 100000-100001/" + total);
        QTest::newRow("backwards") << QByteArray("bytes 9-1/" + total);
        QTest::newRow("negative") << QByteArray("bytes -1-" + last + '/' + total);
        QTest::newRow("too large") << QByteArray("bytes 99999999999999999999-1/2");
        QTest::newRow("another unit") << QByteArray("lines 100000-" + last + '/' + total);
        QTest::newRow("noise") << QByteArray("\xFF\xFE");
    }

    void aLyingRangeIsNotUsed()
    {
        QFETCH(QByteArray, range);
        Fixture f;
        f.leave(100'000);
        f.server.falseRange = range;
        f.compare(f.save());
        QCOMPARE(f.server.asked.last(), 0);
    }

    void aPieceNobodyAskedForIsNoFile()
    {
        Fixture f;
        f.server.http.setHandler([](const Request& request) {
            request.socket->write(
                "HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-9/10\r\nContent-Length: 5\r\n\r\n56789");
        });
        const Result<QString> saved = f.save();
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::Protocol);
        QCOMPARE(f.entries(), QStringList());
    }

    // Without a name for the file's state nothing is kept: the halves could be of two files.
    void namelessFilesAreNotResumed_data()
    {
        QTest::addColumn<QByteArray>("names");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("weak") << QByteArray("ETag: W/\"1\"\r\n");
    }

    void namelessFilesAreNotResumed()
    {
        QFETCH(QByteArray, names);
        Fixture f;
        f.server.names = names;
        f.server.cutEach = 100'000;
        const Result<QString> cut = f.save();
        f.server.cutEach = -1;
        QVERIFY(!cut);
        QCOMPARE(cut.error().kind, ErrorKind::Unreachable);
        QCOMPARE(f.entries(), QStringList());
        f.compare(f.save());
    }

    void aCompressedAnswerLeavesNothing()
    {
        Fixture f;
        f.server.encoding = "Content-Encoding: gzip\r\n";
        QVERIFY(!f.save());
        QCOMPARE(f.entries(), QStringList());
    }

    void cancellingLeavesNothing()
    {
        Fixture f;
        f.leave(100'000);
        CancelSource cancel;
        f.server.http.setHandler([&cancel](const Request&) { cancel.cancel(); });
        const Result<QString> saved = f.save(cancel.token());
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::Cancelled);
        QCOMPARE(f.entries(), QStringList());
    }

    // The announced length is weighed before the first byte is written.
    void aFileThatCannotFitIsNotBegun()
    {
        Fixture f;
        OutputCollector small(f.client, OutputStore([](const QString&) { return 16 * 1024 * 1024 + 1000; }));
        const Result<QString> saved = QCoro::waitFor(small.save(f.plan(), {}));
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::DiskFull);
        QCOMPARE(f.entries(), QStringList());
        f.compare(f.save()); // and it is still there to be fetched
    }
};

QTEST_GUILESS_MAIN(TestOutputCollector)
#include "tst_outputcollector.moc"
