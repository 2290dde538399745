// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/diagnosticsflow.h"

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/demo/demoserver.h"
#include "tests/testkit/fakeuserprompts.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gesso;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestDiagnosticsFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesAReport();
    void tellsThatTheReportCannotBeWritten();
    void recordsAcrossAChangeOfServer();
    void askingForAFileMayBeCancelled();
    void mayGoWhileWriting();

private:
    void connectToDemo();
    QString path(const char* name) const { return m_folder->filePath(QLatin1String(name)); }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    demo::DemoServer m_demo;
    testkit::FakeUserPrompts m_prompts;
    std::unique_ptr<NoticeList> m_notices;
    std::unique_ptr<ServerViewModel> m_server;
    std::unique_ptr<DiagnosticsFlow> m_flow;
};

void TestDiagnosticsFlow::init()
{
    m_flow.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_notices = std::make_unique<NoticeList>();
    m_server = std::make_unique<ServerViewModel>(m_clock, m_folder->path(), [this]() -> Result<QUrl> {
        return m_demo.isRunning() ? Result<QUrl>(m_demo.url()) : m_demo.start();
    });
    m_flow = std::make_unique<DiagnosticsFlow>(*m_server, *m_notices, m_prompts);
    m_prompts.fileToSave.clear();
}

void TestDiagnosticsFlow::connectToDemo()
{
    QSignalSpy connected(m_server.get(), &ServerViewModel::sessionChanged);
    m_server->connectToDemo();
    QVERIFY(connected.wait());
}

void TestDiagnosticsFlow::writesAReport()
{
    connectToDemo();
    m_prompts.fileToSave = path("report.txt");
    m_flow->saveReport();
    QTRY_COMPARE(m_notices->rowCount(), 1);
    QCOMPARE(m_notices->at(0).tone, NoticeTone::Good);
    const QByteArray report = contentOf(m_prompts.fileToSave);
    QVERIFY2(report.contains("demo server"), report.constData());
    m_notices->trigger(m_notices->at(0).id, 0);
    QCOMPARE(m_prompts.openedExternally.last(), QUrl::fromLocalFile(m_prompts.fileToSave));
}

void TestDiagnosticsFlow::tellsThatTheReportCannotBeWritten()
{
    m_prompts.fileToSave = path("absent/report.txt");
    m_flow->saveReport();
    QTRY_COMPARE(m_notices->rowCount(), 1);
    QCOMPARE(m_notices->at(0).tone, NoticeTone::Bad);
}

void TestDiagnosticsFlow::recordsAcrossAChangeOfServer()
{
    m_prompts.fileToSave = path("traffic.json");
    QSignalSpy changed(m_flow.get(), &DiagnosticsFlow::recordingChanged);
    m_flow->startRecording();
    QVERIFY(m_flow->isRecording());
    connectToDemo(); // from now on it is another session
    m_server->reconnectNow();
    QTRY_VERIFY(contentOf(m_prompts.fileToSave).contains("ws connect"));
    m_flow->stopRecording();
    QVERIFY(!m_flow->isRecording());
    QCOMPARE(changed.count(), 2);
    QVERIFY(parseJson(contentOf(m_prompts.fileToSave)).value().is_array());
    QCOMPARE(m_notices->rowCount(), 1); // where it is; no longer that it goes on
    QCOMPARE(m_notices->at(0).tone, NoticeTone::Good);
    const qint64 size = QFile(m_prompts.fileToSave).size();
    QSignalSpy server(m_server.get(), &ServerViewModel::changed);
    m_server->reconnectNow();
    QVERIFY(server.wait());
    QCOMPARE(QFile(m_prompts.fileToSave).size(), size);
}

void TestDiagnosticsFlow::askingForAFileMayBeCancelled()
{
    m_flow->startRecording();
    m_flow->saveReport();
    QVERIFY(!m_flow->isRecording());
    m_flow->stopRecording(); // nothing to stop
    QCOMPARE(m_notices->rowCount(), 0);
}

void TestDiagnosticsFlow::mayGoWhileWriting()
{
    m_prompts.fileToSave = path("report.txt");
    m_flow->saveReport();
    m_flow.reset();
    QCoreApplication::processEvents();
    QCOMPARE(m_notices->rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestDiagnosticsFlow)
#include "tst_diagnosticsflow.moc"
