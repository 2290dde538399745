// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/pictures.h"

#include <QUuid>

namespace gesso::chaos {

namespace {

constexpr int side = 64;
constexpr auto loaderId = "1";
constexpr auto textId = "2";
constexpr auto latentId = "3";
constexpr auto samplerId = "4";
constexpr auto decoderId = "5";
constexpr auto saverId = "6";
constexpr auto uploadedId = "7";

Json link(const char* node, int slot = 0)
{
    return Json::array({node, slot});
}

PromptNode node(const char* id, const char* type, std::initializer_list<std::pair<const char*, Json>> inputs)
{
    PromptNode made;
    made.id = NodeId(QLatin1String(id));
    made.classType = QLatin1String(type);
    for (const auto& [name, value] : inputs) {
        made.inputs.append({QLatin1String(name), value});
    }
    return made;
}

Prompt promptFor(const Place& place, const RunPlan& plan)
{
    Prompt prompt;
    prompt.nodes = {
        node(loaderId, "CheckpointLoaderSimple", {{"ckpt_name", "demo-painter.safetensors"}}),
        node(textId, "CLIPTextEncode", {{"text", "a lighthouse at dusk"}, {"clip", link(loaderId, 1)}}),
        node(latentId, "EmptyLatentImage",
             {{"width", side}, {"height", side}, {"batch_size", plan.pictures}}),
        node(samplerId, "KSampler",
             {{"seed", place.seed * 100 + quint64(plan.index)},
              {"steps", plan.steps},
              {"cfg", 7.0},
              {"sampler_name", "euler"},
              {"scheduler", "normal"},
              {"denoise", 1.0},
              {"model", link(loaderId)},
              {"positive", link(textId)},
              {"negative", link(textId)},
              {"latent_image", link(latentId)}}),
        node(decoderId, "VAEDecode", {{"samples", link(samplerId)}, {"vae", link(loaderId, 2)}}),
        node(saverId, "SaveImage",
             {{"filename_prefix", gesso::toJson(prefixOf(plan.index))}, {"images", link(decoderId)}}),
    };
    if (plan.hasUpload) {
        prompt.nodes += node(uploadedId, "LoadImage", {{"image", ""}});
        prompt.nodes += node("8", "PreviewImage", {{"images", link(uploadedId)}});
    }
    prompt.rebuildIndex();
    return prompt;
}

} // namespace

PromptId idOf(quint64 seed, int index)
{
    const QUuid space(QStringLiteral("6f1f2c9e-7f0b-4a57-9d59-0b5a4d1c2e33"));
    const QString name = QStringLiteral("%1/%2").arg(seed).arg(index);
    return PromptId(QUuid::createUuidV5(space, name).toString(QUuid::WithoutBraces));
}

QString prefixOf(int index)
{
    return QStringLiteral("run%1").arg(index);
}

RunRequest requestFor(const Place& place, const RunPlan& plan)
{
    RunRequest request;
    request.id = idOf(place.seed, plan.index);
    request.title = prefixOf(plan.index);
    request.prompt = promptFor(place, plan);
    request.workflow = Json{{"nodes", Json::array()}, {"scenario", place.seed}};
    request.outputFolder = place.output;
    request.namePattern = place.hasOneName ? QStringLiteral("picture") : QString();
    request.front = plan.isFront;
    if (plan.hasUpload) {
        request.uploads.append(
            RunUpload{place.upload, NodeId(QLatin1String(uploadedId)), QStringLiteral("image")});
    }
    return request;
}

Json toJson(const Place& place)
{
    return Json{{"seed", place.seed},
                {"server", gesso::toJson(place.server)},
                {"home", gesso::toJson(place.home)},
                {"output", gesso::toJson(place.output)},
                {"upload", gesso::toJson(place.upload)},
                {"resubmit", place.isResubmitting},
                {"oneName", place.hasOneName}};
}

Place placeFrom(const Json& json)
{
    return {json["seed"].get<quint64>(),  stringMember(json, "server"), stringMember(json, "home"),
            stringMember(json, "output"), stringMember(json, "upload"), boolMember(json, "resubmit"),
            boolMember(json, "oneName")};
}

Json toJson(const RunPlan& plan)
{
    return Json{{"index", plan.index},
                {"steps", plan.steps},
                {"pictures", plan.pictures},
                {"upload", plan.hasUpload},
                {"front", plan.isFront}};
}

RunPlan planFrom(const Json& json)
{
    RunPlan plan;
    plan.index = json["index"].get<int>();
    plan.steps = json["steps"].get<int>();
    plan.pictures = json["pictures"].get<int>();
    plan.hasUpload = boolMember(json, "upload");
    plan.isFront = boolMember(json, "front");
    return plan;
}

} // namespace gesso::chaos
