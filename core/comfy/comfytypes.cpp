// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfytypes.h"

#include <QCoreApplication>

#include <algorithm>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::ComfyTypes", text);
}

tl::unexpected<Error> notUnderstood(const QString& route)
{
    return fail(ErrorKind::Protocol, tr("The server's answer to %1 cannot be understood.").arg(route),
                tr("Check that the address is that of a ComfyUI server."));
}

NodeFinding readFinding(const NodeId& node, const QString& classType, const Json& error)
{
    NodeFinding finding;
    finding.node = node;
    finding.classType = classType;
    finding.type = stringMember(error, "type");
    finding.message = stringMember(error, "message");
    finding.details = stringMember(error, "details");
    if (const Json* extraInfo = member(error, "extra_info")) {
        finding.extraInfo = *extraInfo;
        finding.input = stringMember(*extraInfo, "input_name");
    }
    return finding;
}

// {"<node id>": {"errors": […], "class_type": …}}; [] or absent where there are none.
QList<NodeFinding> readFindings(const Json& body)
{
    QList<NodeFinding> findings;
    const Json* nodes = member(body, "node_errors");
    if (!nodes || !nodes->is_object()) {
        return findings;
    }
    for (const auto& [id, node] : nodes->items()) {
        const Json* errors = member(node, "errors");
        if (!errors || !errors->is_array()) {
            continue;
        }
        for (const Json& error : *errors) {
            findings +=
                readFinding(NodeId(QString::fromStdString(id)), stringMember(node, "class_type"), error);
        }
    }
    return findings;
}

// [number, id, prompt, extra_data, outputs], or an object in a known fork.
std::optional<QueueEntry> readQueueEntry(const Json& item)
{
    const bool isArray = item.is_array() && item.size() >= 2;
    const Json* number = isArray ? &item[0] : member(item, "priority");
    const Json* id = isArray ? &item[1] : member(item, "prompt_id");
    const Json* extraData = isArray ? (item.size() > 3 ? &item[3] : nullptr) : member(item, "extra_data");
    if (!id || idText(*id).isEmpty()) {
        return std::nullopt;
    }
    QueueEntry entry;
    entry.promptId = PromptId(idText(*id));
    entry.number = number && number->is_number() ? number->get<double>() : 0;
    entry.clientId = extraData ? stringMember(*extraData, "client_id") : QString();
    return entry;
}

std::optional<QList<QueueEntry>> readQueueEntries(const Json* items)
{
    if (!items || !items->is_array()) {
        return std::nullopt;
    }
    QList<QueueEntry> entries;
    for (const Json& item : *items) {
        const std::optional<QueueEntry> entry = readQueueEntry(item);
        if (!entry) { // leaving it out would make its run look deleted
            return std::nullopt;
        }
        entries += *entry;
    }
    return entries;
}

DeviceStats readDevice(const Json& device)
{
    return {stringMember(device, "name"), stringMember(device, "type"), numberMember(device, "vram_total"),
            numberMember(device, "vram_free")};
}

} // namespace

Result<SubmitAnswer> decodeSubmitAnswer(const Json& body)
{
    const Json* id = member(body, "prompt_id");
    if (!id || idText(*id).isEmpty()) {
        return notUnderstood(QStringLiteral("POST /prompt"));
    }
    return SubmitAnswer{PromptId(idText(*id)), numberMember(body, "number"), readFindings(body)};
}

Refusal decodeRefusal(const Json& body)
{
    Refusal refusal;
    const Json* nested = member(body, "error");
    const Json& error = nested ? *nested : body; // a known fork answers the bare error
    refusal.type = stringMember(error, "type");
    refusal.message = error.is_string() ? toQString(error) : stringMember(error, "message");
    refusal.details = stringMember(error, "details");
    if (const Json* extraInfo = member(error, "extra_info")) {
        refusal.extraInfo = *extraInfo;
    }
    refusal.findings = readFindings(body);
    return refusal;
}

Result<QueueState> decodeQueue(const Json& body)
{
    std::optional<QList<QueueEntry>> running = readQueueEntries(member(body, "queue_running"));
    std::optional<QList<QueueEntry>> pending = readQueueEntries(member(body, "queue_pending"));
    if (!running || !pending) {
        return notUnderstood(QStringLiteral("GET /queue"));
    }
    // The server sends its heap as it lies in memory.
    std::stable_sort(pending->begin(), pending->end(),
                     [](const QueueEntry& a, const QueueEntry& b) { return a.number < b.number; });
    return QueueState{std::move(*running), std::move(*pending)};
}

Result<SystemStats> decodeSystemStats(const Json& body)
{
    const Json* system = member(body, "system");
    if (!system || !system->is_object()) {
        return notUnderstood(QStringLiteral("GET /system_stats"));
    }
    SystemStats stats;
    stats.version = stringMember(*system, "comfyui_version");
    stats.os = stringMember(*system, "os");
    stats.ramTotal = numberMember(*system, "ram_total");
    stats.ramFree = numberMember(*system, "ram_free");
    stats.isDemo = boolMember(*system, "gesso_demo");
    if (const Json* devices = member(body, "devices"); devices && devices->is_array()) {
        for (const Json& device : *devices) {
            stats.devices += readDevice(device);
        }
    }
    return stats;
}

Result<UploadedFile> decodeUpload(const Json& body)
{
    const QString name = stringMember(body, "name");
    if (name.isEmpty()) {
        return notUnderstood(QStringLiteral("POST /upload/image"));
    }
    return UploadedFile{name, stringMember(body, "subfolder"),
                        stringMember(body, "type", QStringLiteral("input"))};
}

} // namespace gesso
