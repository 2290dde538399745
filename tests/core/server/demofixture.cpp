// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/server/demofixture.h"

#include "core/server/serverhealth.h"
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"
#include "tests/testkit/testdata.h"

#include <QDir>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <QUuid>

namespace gesso::testkit {

namespace {

QByteArray fetch(const QUrl& url)
{
    QNetworkAccessManager network;
    QNetworkReply* reply = network.get(QNetworkRequest(url));
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply->readAll();
}

RunTimings shortTimings()
{
    RunTimings timings;
    timings.historyMs = {0, 20, 50, 100};
    timings.lookupMs = {0, 50, 100, 200, 500, 1000};
    timings.downloadMs = {0, 50, 200};
    timings.pollMs = 300;
    timings.confirmMs = 50;
    timings.cancelMs = 5000;
    return timings;
}

ComfySocketTiming shortSocketTiming()
{
    ComfySocketTiming timing;
    timing.retry.firstMs = 20;
    timing.retry.maxMs = 100;
    timing.channel.pingMs = 200;
    timing.channel.pongMs = 600;
    timing.stallMs = 500;
    return timing;
}

} // namespace

DemoFixture::DemoFixture(int stepDelayMs, const ComfyClientLimits& limits)
{
    demo::DemoOptions options;
    options.stepDelayMs = stepDelayMs;
    options.previewSize = 64;
    const Result<QUrl> url = server.start(options);
    if (!url) {
        return;
    }
    wire = std::make_unique<TcpProxy>(quint16(url->port()));
    client = std::make_unique<ComfyClient>(wire->url(), QString(), nullptr, limits);
    socket = std::make_unique<ComfySocket>(wire->url(), QUuid::createUuid().toString(QUuid::Id128), QString(),
                                           nullptr, shortSocketTiming());
    service = std::make_unique<RunService>(*client, *socket, clock, OutputStore(), shortTimings());
    QObject::connect(service.get(), &RunService::preview, service.get(),
                     [this](const PreviewFrame& frame) { previews.append(frame); });
    socket->setAliveCheck([this] { return livenessOf(*client, wire->url(), {}); });
    socket->open();
    isReady = QTest::qWaitFor([this] { return socket->state() == ConnectionState::Connected; }, patienceMs);
}

DemoFixture::~DemoFixture()
{
    service.reset();
    socket.reset();
    client.reset();
}

Prompt DemoFixture::samplePrompt(const QString& name, const QUrl& server, int seed, int steps)
{
    const QUrl objectInfo(server.toString() + QStringLiteral("/object_info"));
    const Result<NodeCatalogPtr> catalog = NodeCatalog::parse(fetch(objectInfo));
    const Result<Workflow> workflow =
        readWorkflowFile(sourceFolder() + QStringLiteral("/resources/workflows/") + name);
    if (!catalog || !workflow || workflow->graph() == nullptr) {
        return {};
    }
    const Result<Conversion> conversion = convertGraph(*workflow->graph(), **catalog);
    if (!conversion || hasErrors(conversion->diagnostics)) {
        return {};
    }
    Prompt prompt = conversion->prompt;
    for (PromptNode& node : prompt.nodes) {
        const auto set = [&node](const QString& input, int value) {
            if (node.input(input) != nullptr) {
                node.setInput(input, Json(value));
            }
        };
        if (node.classType == QLatin1String("KSampler")) {
            set(QStringLiteral("seed"), seed);
            set(QStringLiteral("steps"), steps);
        } else if (node.classType == QLatin1String("EmptyLatentImage")) {
            set(QStringLiteral("width"), 64);
            set(QStringLiteral("height"), 64);
        }
    }
    return prompt;
}

RunRequest DemoFixture::request(int seed, int steps) const
{
    RunRequest request;
    request.id = newPromptId();
    request.title = QStringLiteral("A lighthouse");
    request.prompt = samplePrompt(QStringLiteral("text-to-picture.json"), server.url(), seed, steps);
    request.outputFolder = output.path();
    request.created = clock.now();
    return request;
}

PromptId DemoFixture::submit(const RunRequest& request)
{
    service->submit(request);
    return request.id;
}

QStringList DemoFixture::filesOnDisk() const
{
    return QDir(output.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

Json embeddedPrompt(const QString& pngPath)
{
    const Result<EmbeddedTexts> texts = readEmbeddedTexts(readAll(pngPath));
    if (texts) {
        for (const auto& [key, text, place] : texts->texts) {
            if (key == QLatin1String("prompt")) {
                return parseJson(text).value_or(Json());
            }
        }
    }
    return {};
}

} // namespace gesso::testkit
