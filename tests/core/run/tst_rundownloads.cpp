// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a run's files, and of what is under way when the service goes.
#include "tests/core/run/runservicefixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace gesso;
using testkit::RunServiceFixture;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestRunDownloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskKeepsTheResultOnTheServer()
    {
        RunServiceFixture f;
        f.freeSpace = 1000;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::DiskFull);
        QCOMPARE(f.state(a).files.size(), 1);
        QCOMPARE(f.state(a).files[0].error.kind, ErrorKind::DiskFull);
        QCOMPARE(f.state(a).verdict, std::optional(HistoryStatus::Success));
        QCOMPARE(f.filesOnDisk(), QStringList());

        f.freeSpace = 1'000'000'000;
        f.service->retryDownloads(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        QVERIFY(!f.state(a).error);
    }

    void aGoneFolderCanBeReplaced()
    {
        RunServiceFixture f;
        QTemporaryDir other;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QVERIFY(QDir(f.folder.path()).removeRecursively());
        f.runToEnd(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::DiskError);
        QVERIFY(f.state(a).error->message.contains(QDir::toNativeSeparators(f.folder.path())));
        QVERIFY(!QFileInfo::exists(f.folder.path())); // not made anew: its drive may be elsewhere

        f.service->retryDownloads(a, other.path());
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(contentOf(other.filePath(QStringLiteral("y.png"))),
                 f.api.files.value(QStringLiteral("y.png")));
    }

    void aCutDownloadLeavesNothingPartial()
    {
        RunServiceFixture f;
        f.api.cutDownloadsAfter = 3000;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Unreachable);
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 10); // twice at once, and that five times
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    // The server names the file's state: each try goes on where the last one was cut, also a later run's.
    void aCutDownloadGoesOn()
    {
        RunServiceFixture f;
        f.api.cutDownloadsAfter = 1000;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png")});
        const QByteArray picture = QByteArray("picture").repeated(5000);
        f.api.files.insert(QStringLiteral("x.png"), picture);
        f.api.versions.insert(QStringLiteral("x.png"), FileVersion{"\"1\"", {}, picture.size()});
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Unreachable);
        QCOMPARE(f.api.count(QStringLiteral("view from 1000")), 1);
        QVERIFY(!f.filesOnDisk().contains(QStringLiteral("x.png")));

        f.api.cutDownloadsAfter = -1;
        f.service->retryDownloads(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.api.count(QStringLiteral("view from 10000")), 1);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        QCOMPARE(contentOf(f.state(a).files[0].path), picture);
    }

    // Away for longer than a download is tried: the run is not over, and what is saved stays.
    void theRestIsFetchedWhenTheServerIsBack()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.api.files.insert(QStringLiteral("x.png"), QByteArray(500, 'x'));
        f.addHistory(a, {QStringLiteral("x.png"), QStringLiteral("y.png")});
        f.api.cutDownloadsAfter = 3000;
        f.api.errors[QStringLiteral("queue")] =
            Error{ErrorKind::Unreachable, QStringLiteral("The cable is out."), {}, {}};
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.api.count(QStringLiteral("view y.png")), 2);
        QTRY_VERIFY(f.api.count(QStringLiteral("queue")) >= 8); // asked in vain, again and again
        QCOMPARE(f.phase(a), RunPhase::Fetching);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
        f.api.cutDownloadsAfter = -1;
        f.api.errors.clear();
        f.stream.setState(ConnectionState::Connected);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), (QStringList{QStringLiteral("x.png"), QStringLiteral("y.png")}));
        QCOMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        QCOMPARE(f.log.count(QStringLiteral("saved a x.png")), 1);
        QVERIFY(!f.state(a).error);
    }

    void someMissingFilesMakeThePartialError()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png"), QStringLiteral("gone.png")});
        f.api.files.remove(QStringLiteral("gone.png"));
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Failed);
        QCOMPARE(f.state(a).error->kind, ErrorKind::Partial);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("x.png")});
    }

    void cancellingStopsDownloads()
    {
        RunServiceFixture f;
        f.api.hold(QStringLiteral("view"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.runToEnd(a, {QStringLiteral("x.png")});
        QTRY_COMPARE(f.api.count(QStringLiteral("view x.png")), 1);
        f.service->cancel(a);
        QTest::qWait(0);
        f.api.release(QStringLiteral("view"));
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    // Frames were missed, and the history is still being asked: there may be results.
    void cancellingBeforeTheResultsAreKnown_data()
    {
        QTest::addColumn<bool>("isSuccessTold");
        QTest::newRow("not done") << true;
        QTest::newRow("not lost") << false;
    }

    void cancellingBeforeTheResultsAreKnown()
    {
        QFETCH(bool, isSuccessTold);
        RunServiceFixture f;
        f.api.hold(QStringLiteral("history"));
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("x.png")});
        f.start(a);
        if (isSuccessTold) {
            f.succeed(a);
        }
        f.end(a);
        QTRY_COMPARE(f.api.count(QStringLiteral("history a")), 1);
        f.service->cancel(a);
        QTest::qWait(0);
        f.api.release(QStringLiteral("history"));
        QTRY_COMPARE(f.phase(a), RunPhase::Cancelled);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    void hostileNamesStayInTheFolder()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        const QStringList names{QStringLiteral("../../evil.png"),
                                QStringLiteral("C:\\Windows\\evil.png"),
                                QStringLiteral("/etc/passwd"),
                                QStringLiteral("con.png"),
                                QString(5000, u'ü') + QStringLiteral(".png"),
                                QStringLiteral("evil\u202Egnp.exe")};
        f.runToEnd(a, names);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        for (const SavedFile& file : f.state(a).files) {
            QCOMPARE(QFileInfo(file.path).absolutePath(), QDir(f.folder.path()).absolutePath());
        }
        QCOMPARE(f.filesOnDisk().size(), names.size());
        QVERIFY(f.filesOnDisk().contains(QStringLiteral("evil (2).png")));
    }

    void previewsOfNodesAreKeptApartFromResults()
    {
        RunServiceFixture f;
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        f.addHistory(a, {QStringLiteral("temp.png")}, HistoryStatus::Success, QStringLiteral("temp"));
        HistoryEntry entry = f.api.histories.value(a);
        OutputItem result = entry.outputs.first();
        result.filename = QStringLiteral("result.png");
        result.type = QStringLiteral("output");
        entry.outputs.append(result);
        f.api.files.insert(QStringLiteral("result.png"), "result");
        f.api.histories.insert(a, entry);
        f.start(a);
        f.end(a);
        QTRY_COMPARE(f.phase(a), RunPhase::Done);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("result.png")});
        QCOMPARE(f.state(a).files[0].item.filename, QStringLiteral("result.png"));
        const QString preview = f.state(a).files[1].path;
        QVERIFY(QFileInfo::exists(preview) && !preview.startsWith(f.folder.path()));
        f.service.reset();
        QVERIFY(!QFileInfo::exists(preview));
    }

    // What a killed program left is swept when the folder is used again.
    void sweepsWhatAKilledProgramLeft()
    {
        RunServiceFixture f;
        QFile stale(f.folder.filePath(QStringLiteral(".gesso-0123456789abcdef.part")));
        QVERIFY(stale.open(QIODevice::WriteOnly));
        stale.write("half a picture");
        stale.close();
        const PromptId a = f.submit(QStringLiteral("a"));
        QTRY_COMPARE(f.phase(a), RunPhase::Queued);
        QCOMPARE(f.filesOnDisk(), QStringList());
    }

    // Whatever is under way, destroying the service is safe and leaves no partial file.
    void canBeDestroyedAtAnyMoment_data()
    {
        QTest::addColumn<QString>("held");
        for (const char* call : {"upload", "submit", "history", "view", "queue", "interrupt"}) {
            QTest::newRow(call) << QString::fromLatin1(call);
        }
    }

    void canBeDestroyedAtAnyMoment()
    {
        QFETCH(QString, held);
        RunServiceFixture f;
        f.api.hold(held);
        RunRequest request = f.request(QStringLiteral("a"));
        QFile input(f.folder.filePath(QStringLiteral("in.png")));
        QVERIFY(input.open(QIODevice::WriteOnly) && input.write("bytes") == 5);
        input.close();
        request.uploads.append(
            RunUpload{input.fileName(), NodeId(QStringLiteral("1")), QStringLiteral("image")});
        f.service->submit(request);
        const QString prefix = held + (held == QLatin1String("queue") ? QString() : QStringLiteral(" "));
        const auto isWaiting = [&] {
            return std::any_of(f.api.calls.cbegin(), f.api.calls.cend(),
                               [&](const QString& call) { return call.startsWith(prefix); });
        };
        if (held != QLatin1String("upload") && held != QLatin1String("submit")) {
            QTRY_COMPARE(f.phase(request.id), RunPhase::Queued);
            f.start(request.id);
            if (held == QLatin1String("queue")) {
                f.stream.setState(ConnectionState::Connected);
            } else if (held == QLatin1String("interrupt")) {
                f.service->cancel(request.id);
            } else {
                f.runToEnd(request.id, {QStringLiteral("x.png")});
            }
        }
        QTRY_VERIFY(isWaiting());
        f.service.reset();
        f.api.release(held);
        QTest::qWait(20);
        QCOMPARE(f.filesOnDisk(), QStringList{QStringLiteral("in.png")});
    }
};

QTEST_GUILESS_MAIN(TestRunDownloads)
#include "tst_rundownloads.moc"
