// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/server.h"

#include "core/base/json.h"

#include <QProcessEnvironment>

namespace gesso::chaos {

namespace {

constexpr int patienceMs = 60'000;
constexpr int previewSide = 32;

} // namespace

Server::Server(QString folder, int stepDelayMs, bool isProcess)
    : m_folder(std::move(folder))
    , m_stepDelayMs(stepDelayMs)
    , m_demo(isProcess ? nullptr : std::make_unique<demo::DemoServer>())
{
    start();
}

Server::~Server()
{
    kill();
}

void Server::kill()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
        m_process.reset();
        m_url.clear();
    }
}

void Server::start()
{
    if (m_demo) {
        demo::DemoOptions options;
        options.folder = m_folder;
        options.stepDelayMs = m_stepDelayMs;
        options.previewSize = previewSide;
        const Result<QUrl> url = m_demo->start(options);
        if (!url) {
            qFatal("no demo server: %s", qPrintable(url.error().message));
        }
        m_url = *url;
        return;
    }
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder);
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder);
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), m_folder);
    m_process->setProcessEnvironment(environment);
    m_process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process->start(QStringLiteral(GESSO_PROGRAM),
                     {QStringLiteral("demo-server"), QStringLiteral("--port"), QStringLiteral("0"),
                      QStringLiteral("--folder"), m_folder, QStringLiteral("--step-delay"),
                      QString::number(m_stepDelayMs), QStringLiteral("--json")});
    while (!m_process->canReadLine()) {
        if (!m_process->waitForReadyRead(patienceMs)) {
            qFatal("the demo server did not start");
        }
    }
    const Result<Json> line = parseJson(m_process->readLine());
    m_url = QUrl(line ? stringMember(*line, "url") : QString());
    if (m_url.isEmpty()) {
        qFatal("the demo server does not say where it is");
    }
}

void Server::restart(bool keepHistory)
{
    m_demo->restart(keepHistory);
}

void Server::applyFaults()
{
    m_demo->setFaults(faults);
}

} // namespace gesso::chaos
