// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/diagnosticsflow.h"

#include "core/comfy/trafficrecorder.h"
#include "viewmodels/base/background.h"
#include "viewmodels/diagnostics/report.h"
#include "viewmodels/diagnostics/serverchecks.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace gesso {
namespace {

const QString kRecordingKey = QStringLiteral("recording");

CheckResults checksOf(const ServerSession* session)
{
    if (session == nullptr) {
        return {};
    }
    const bool isThere = session->stats().has_value();
    const Result<void> reached = isThere
        ? Result<void>()
        : Result<void>(fail(ErrorKind::Unreachable,
                            session->stateReason().isEmpty()
                                ? DiagnosticsFlow::tr("The server does not answer.")
                                : session->stateReason()));
    return serverChecks(*session, reached);
}

} // namespace

DiagnosticsFlow::DiagnosticsFlow(ServerViewModel& server, NoticeList& notices, UserPrompts& prompts,
                                 QObject* parent)
    : QObject(parent)
    , m_server(server)
    , m_notices(notices)
    , m_prompts(prompts)
{
    connect(&m_server, &ServerViewModel::sessionChanged, this, &DiagnosticsFlow::tap);
}

DiagnosticsFlow::~DiagnosticsFlow()
{
    m_pool.waitForDone();
}

void DiagnosticsFlow::setPlaces(const UsedPlaces& places)
{
    m_places = places;
}

void DiagnosticsFlow::saveReport()
{
    m_prompts.saveFile(QDir::home().filePath(QStringLiteral("gesso-report.txt")),
                       [this](const QString& path) { writeReport(path); });
}

void DiagnosticsFlow::writeReport(const QString& path)
{
    const CheckResults server = checksOf(m_server.session());
    const UsedPlaces places = m_places;
    Anonymizer anonymizer;
    if (const ServerSession* session = m_server.session()) {
        anonymizer.hideServer(session->profile().url.host());
    }
    const QString version = QCoreApplication::applicationVersion();
    runInBackground(
        m_pool, this,
        [=]() -> Result<void> {
            const CheckResults results = systemChecks(version) + placeChecks(places) + server;
            return writeBundle(path,
                               diagnosticsBundle(results, places.settingsFile, places.logFolder, anonymizer,
                                                 QDateTime::currentDateTimeUtc()));
        },
        [this, path](const Result<void>& written) {
            if (!written) {
                m_notices.post(written.error());
                return;
            }
            Notice notice;
            notice.tone = NoticeTone::Good;
            notice.text = tr("The report is in %1. It is plain text: read it before you send it.")
                              .arg(QDir::toNativeSeparators(path));
            notice.actions = {
                {tr("Open it"), [this, path] { m_prompts.openExternally(QUrl::fromLocalFile(path)); }}};
            m_notices.post(notice);
        });
}

bool DiagnosticsFlow::isRecording() const
{
    return m_recorder != nullptr;
}

void DiagnosticsFlow::startRecording()
{
    m_prompts.saveFile(QDir::home().filePath(QStringLiteral("gesso-traffic.json")),
                       [this](const QString& path) { record(path); });
}

void DiagnosticsFlow::record(const QString& path)
{
    QFile::remove(path); // the person has agreed to that in the file dialog
    const auto recorder = TrafficRecorder::start(path);
    if (!recorder) {
        m_notices.post(recorder.error());
        return;
    }
    m_recorder = *recorder;
    tap();
    Notice notice;
    notice.key = kRecordingKey;
    notice.text = tr("All that is said with the server is being recorded, prompts and previews too.");
    notice.actions = {{tr("Stop recording"), [this] { stopRecording(); }}};
    m_notices.post(notice);
    Q_EMIT recordingChanged();
}

void DiagnosticsFlow::stopRecording()
{
    if (!m_recorder) {
        return;
    }
    m_recorder->stop();
    const QString path = m_recorder->path();
    const std::optional<Error> error = m_recorder->error();
    m_recorder.reset();
    tap();
    m_notices.dismissKey(kRecordingKey);
    if (error) {
        m_notices.post(*error);
    } else {
        Notice notice;
        notice.tone = NoticeTone::Good;
        notice.text = tr("The recording is in %1.").arg(QDir::toNativeSeparators(path));
        notice.actions = {{tr("Show it"), [this, path] {
                               m_prompts.openExternally(QUrl::fromLocalFile(QFileInfo(path).path()));
                           }}};
        m_notices.post(notice);
    }
    Q_EMIT recordingChanged();
}

void DiagnosticsFlow::tap()
{
    if (ServerSession* session = m_server.session()) {
        session->setTap(m_recorder);
    }
}

} // namespace gesso
