// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/runservicefixture.h"

#include <QDir>

namespace gesso::testkit {

namespace {

const NodeId saveNode(QStringLiteral("2"));

QList<OutputItem> pictures(const QStringList& names, const QString& type)
{
    QList<OutputItem> items;
    for (const QString& name : names) {
        OutputItem item;
        item.node = saveNode;
        item.displayNode = saveNode;
        item.kind = QStringLiteral("images");
        item.filename = name;
        item.type = type;
        items.append(item);
    }
    return items;
}

} // namespace

RunTimings RunServiceFixture::shortTimings()
{
    RunTimings timings;
    timings.historyMs = {0, 5, 10};
    timings.lookupMs = {0, 5, 10, 20};
    timings.downloadMs = {0, 5};
    timings.pollMs = 50;
    timings.confirmMs = 10;
    timings.cancelMs = 150;
    return timings;
}

RunServiceFixture::RunServiceFixture()
{
    useTimings(shortTimings());
}

void RunServiceFixture::useTimings(const RunTimings& timings)
{
    const OutputStore store([this](const QString&) { return freeSpace; }, 0); // its files are small
    service = std::make_unique<RunService>(api, stream, clock, store, timings);
    QObject::connect(service.get(), &RunService::added, &stream,
                     [this](const PromptId& id) { log.append(u"added " + id.toString()); });
    QObject::connect(service.get(), &RunService::fileSaved, &stream,
                     [this](const PromptId& id, const SavedFile& file) {
                         log.append(u"saved " + id.toString() + u' ' + QFileInfo(file.path).fileName());
                     });
    QObject::connect(service.get(), &RunService::finished, &stream, [this](const PromptId& id) {
        log.append(u"finished " + id.toString() + u' ' + nameOf(phase(id)));
    });
    QObject::connect(service.get(), &RunService::preview, &stream,
                     [this](const PreviewFrame& frame) { previews.append(frame); });
}

RunRequest RunServiceFixture::request(const QString& id) const
{
    RunRequest request;
    request.id = PromptId(id);
    request.title = QStringLiteral("A lighthouse");
    request.outputFolder = folder.path();
    request.created = clock.now();
    PromptNode load;
    load.id = NodeId(QStringLiteral("1"));
    load.classType = QStringLiteral("LoadImage");
    load.setInput(QStringLiteral("image"), Json("local.png"));
    PromptNode save;
    save.id = saveNode;
    save.classType = QStringLiteral("SaveImage");
    request.prompt.nodes = {load, save};
    request.prompt.rebuildIndex();
    return request;
}

PromptId RunServiceFixture::submit(const QString& id)
{
    service->submit(request(id));
    return PromptId(id);
}

void RunServiceFixture::start(const PromptId& id)
{
    stream.send(ExecutionStartEvent{id, {}});
    stream.send(ExecutionCachedEvent{id, {}});
}

void RunServiceFixture::step(const PromptId& id, double value, double max)
{
    const NodeId node(QStringLiteral("1"));
    stream.send(ProgressStateEvent{id, {NodeProgress{node, node, QStringLiteral("running"), value, max}}});
}

void RunServiceFixture::executed(const PromptId& id, const QStringList& names, const QString& type)
{
    Json images = Json::array();
    for (const QString& name : names) {
        images.push_back({{"filename", name.toStdString()}, {"subfolder", ""}, {"type", type.toStdString()}});
    }
    Json output;
    output["images"] = images;
    stream.send(ExecutedEvent{id, saveNode, saveNode, output});
}

void RunServiceFixture::succeed(const PromptId& id)
{
    stream.send(ExecutionSuccessEvent{id});
}

void RunServiceFixture::end(const PromptId& id)
{
    stream.send(ExecutingEvent{id, {}, {}});
}

void RunServiceFixture::addHistory(const PromptId& id, const QStringList& names, HistoryStatus status,
                                   const QString& type)
{
    HistoryEntry entry;
    entry.promptId = id;
    entry.status = status;
    entry.outputs = pictures(names, type);
    api.histories.insert(id, entry);
    for (const QString& name : names) {
        if (!api.files.contains(name)) {
            api.files.insert(name, QByteArray(5500, 'x') + name.toUtf8());
        }
    }
}

void RunServiceFixture::runToEnd(const PromptId& id, const QStringList& names)
{
    addHistory(id, names);
    start(id);
    executed(id, names);
    succeed(id);
    end(id);
}

QStringList RunServiceFixture::filesOnDisk() const
{
    return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

} // namespace gesso::testkit
