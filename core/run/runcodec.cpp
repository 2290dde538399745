// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/runcodec.h"

#include "core/workflow/reader.h"

#include <algorithm>
#include <cmath>

namespace gesso {

namespace {

constexpr qsizetype maxIdLength = 200;
constexpr int maxAttempt = 1000;
constexpr std::size_t maxListed = 100'000;

Json errorJson(const Error& error)
{
    return {{"kind", toJson(nameOf(error.kind))},
            {"message", toJson(error.message)},
            {"hint", toJson(error.hint)},
            {"detail", toJson(error.detail)}};
}

std::optional<Error> errorFrom(const Json* json)
{
    if (json == nullptr || !json->is_object()) {
        return std::nullopt;
    }
    Error error;
    const QString kind = stringMember(*json, "kind");
    for (const ErrorKindInfo& info : errorKinds()) {
        if (QLatin1String(info.name) == kind) {
            error.kind = info.kind;
        }
    }
    error.message = stringMember(*json, "message");
    error.hint = stringMember(*json, "hint");
    error.detail = stringMember(*json, "detail");
    return error;
}

Json itemJson(const OutputItem& item)
{
    return {{"node", toJson(item.node.toString())},
            {"display", toJson(item.displayNode.toString())},
            {"kind", toJson(item.kind)},
            {"filename", toJson(item.filename)},
            {"subfolder", toJson(item.subfolder)},
            {"type", toJson(item.type)}};
}

OutputItem itemFrom(const Json& json)
{
    OutputItem item;
    item.node = NodeId(stringMember(json, "node"));
    item.displayNode = NodeId(stringMember(json, "display"));
    item.kind = stringMember(json, "kind");
    item.filename = stringMember(json, "filename");
    item.subfolder = stringMember(json, "subfolder");
    item.type = stringMember(json, "type");
    return item;
}

// Only what can be fetched: values come again with the history.
Json fileOutputs(const QList<OutputItem>& outputs)
{
    Json list = Json::array();
    for (const OutputItem& item : outputs) {
        if (item.isFile()) {
            list.push_back(itemJson(item));
        }
    }
    return list;
}

Json savedFiles(const QList<SavedFile>& files)
{
    Json list = Json::array();
    for (const SavedFile& file : files) {
        Json json = itemJson(file.item);
        json["path"] = toJson(file.path);
        if (!file.error.message.isEmpty()) {
            json["error"] = errorJson(file.error);
        }
        list.push_back(std::move(json));
    }
    return list;
}

// Calls `use` for each object of the list, at most a sane number of them.
template <typename Use> void forEachObject(const Json& object, std::string_view key, Use use)
{
    const Json* list = member(object, key);
    if (list == nullptr || !list->is_array()) {
        return;
    }
    const std::size_t count = std::min(list->size(), maxListed);
    for (std::size_t i = 0; i < count; ++i) {
        if ((*list)[i].is_object()) {
            use((*list)[i]);
        }
    }
}

QByteArray encodeRequest(const RunRequest& request)
{
    Json json = Json::object();
    Json uploads = Json::array();
    for (const RunUpload& upload : request.uploads) {
        uploads.push_back({{"path", toJson(upload.localPath)},
                           {"node", toJson(upload.node.toString())},
                           {"input", toJson(upload.input)}});
    }
    json["uploads"] = std::move(uploads);
    if (request.seed) {
        json["seed"] = request.seed->value;
    }
    json["folder"] = toJson(request.outputFolder);
    json["pattern"] = toJson(request.namePattern);
    json["front"] = request.front;
    return writeJson(json);
}

void decodeRequest(const Json& json, RunRequest* request)
{
    forEachObject(json, "uploads", [request](const Json& upload) {
        request->uploads.append({stringMember(upload, "path"), NodeId(stringMember(upload, "node")),
                                 stringMember(upload, "input")});
    });
    if (const Json* seed = member(json, "seed"); seed != nullptr && seed->is_number_unsigned()) {
        request->seed = Seed{seed->get<std::uint64_t>()};
    }
    request->outputFolder = stringMember(json, "folder");
    request->namePattern = stringMember(json, "pattern");
    request->front = boolMember(json, "front");
}

void decodeState(const Json& json, JournaledRun* run)
{
    RunState& state = run->state;
    if (const Json* number = member(json, "number");
        number != nullptr && number->is_number() && std::isfinite(number->get<double>())) {
        state.queueNumber = number->get<double>();
    }
    const QString verdict = stringMember(json, "verdict");
    for (const HistoryStatus status :
         {HistoryStatus::Success, HistoryStatus::Error, HistoryStatus::Interrupted}) {
        if (verdict == nameOf(endPhase(status))) {
            state.verdict = status;
        }
    }
    state.error = errorFrom(member(json, "error"));
    forEachObject(json, "outputs", [&state](const Json& item) {
        if (const OutputItem output = itemFrom(item); output.isFile()) {
            state.outputs.append(output);
        }
    });
    forEachObject(json, "files", [&state](const Json& file) {
        SavedFile saved;
        saved.item = itemFrom(file);
        saved.path = stringMember(file, "path");
        saved.error = errorFrom(member(file, "error")).value_or(Error{});
        state.files.append(std::move(saved));
    });
    if (const qint64 started = intMember(json, "started"); started > 0) {
        state.started = QDateTime::fromMSecsSinceEpoch(started, Qt::UTC);
    }
    run->cancelRequested = boolMember(json, "cancel");
}

} // namespace

HistoryRow encodeRun(const RunRequest& request, const RunOrigin& origin, const HistoryChange& state)
{
    HistoryRow row;
    row.id = request.id.toString();
    row.clientId = state.clientId;
    row.phase = state.phase;
    row.isActive = state.isActive;
    row.title = request.title;
    row.createdMs = request.created.toMSecsSinceEpoch();
    row.resubmitOf = origin.resubmitOf ? origin.resubmitOf->toString() : QString();
    row.attempt = origin.attempt;
    row.prompt = writeJson(toJson(request.prompt));
    row.workflow = request.workflow.is_null() ? QByteArray() : writeJson(request.workflow);
    row.request = encodeRequest(request);
    row.state = state.state;
    return row;
}

HistoryChange encodeState(const RunState& state, const QString& clientId, bool cancelRequested)
{
    Json json = Json::object();
    if (state.queueNumber) {
        json["number"] = *state.queueNumber;
    }
    if (state.verdict) {
        json["verdict"] = toJson(nameOf(endPhase(*state.verdict)));
    }
    if (state.error) {
        json["error"] = errorJson(*state.error);
    }
    if (state.phase >= RunPhase::Fetching && state.files.isEmpty() && !state.outputs.isEmpty()) {
        json["outputs"] = fileOutputs(state.outputs);
    }
    if (!state.files.isEmpty()) {
        json["files"] = savedFiles(state.files);
    }
    if (state.started.isValid()) {
        json["started"] = state.started.toMSecsSinceEpoch();
    }
    if (state.ended.isValid()) {
        json["ended"] = state.ended.toMSecsSinceEpoch();
    }
    if (cancelRequested) {
        json["cancel"] = true;
    }
    HistoryChange change;
    change.id = state.id.toString();
    change.clientId = clientId;
    change.phase = nameOf(state.phase);
    change.isActive = !isEnded(state.phase);
    change.state = writeJson(json);
    return change;
}

Result<JournaledRun> decodeRun(const HistoryRow& row)
{
    const auto unreadable = [&row](const QString& what) {
        return fail(ErrorKind::Unreadable,
                    QStringLiteral("run %1 of the history: %2").arg(row.id.left(maxIdLength), what));
    };
    if (row.id.isEmpty() || row.id.size() > maxIdLength) {
        return unreadable(QStringLiteral("no id"));
    }
    const std::optional<RunPhase> phase = runPhaseFromName(row.phase);
    if (!phase) {
        return unreadable(QStringLiteral("unknown phase"));
    }
    const Result<Json> promptJson = parseJson(row.prompt);
    if (!promptJson) {
        return unreadable(QStringLiteral("its prompt is no JSON"));
    }
    Result<Prompt> prompt = promptFromJson(*promptJson);
    if (!prompt || prompt->isEmpty()) {
        return unreadable(QStringLiteral("it has no prompt"));
    }
    auto request = std::make_shared<RunRequest>();
    request->id = PromptId(row.id);
    request->title = row.title;
    request->prompt = std::move(*prompt);
    request->created = QDateTime::fromMSecsSinceEpoch(row.createdMs, Qt::UTC);
    if (!row.workflow.isEmpty()) {
        request->workflow = parseJson(row.workflow).value_or(Json());
    }
    decodeRequest(parseJson(row.request).value_or(Json()), request.get());

    JournaledRun run;
    run.state.id = request->id;
    run.state.phase = *phase;
    run.state.nodeCount = int(request->prompt.nodes.size());
    decodeState(parseJson(row.state).value_or(Json()), &run);
    if (!row.resubmitOf.isEmpty()) {
        run.origin.resubmitOf = PromptId(row.resubmitOf);
    }
    run.origin.attempt = std::clamp(row.attempt, 0, maxAttempt);
    run.clientId = row.clientId.left(maxIdLength);
    run.request = std::move(request);
    return run;
}

} // namespace gesso
