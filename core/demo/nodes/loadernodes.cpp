// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"

namespace gesso::demo {

QStringList checkpointNames()
{
    return {QStringLiteral("demo-painter.safetensors")};
}

QStringList styleNames()
{
    return {QStringLiteral("demo-ink-wash.safetensors"), QStringLiteral("demo-oil.safetensors"),
            QStringLiteral("demo-pastel.safetensors"), QStringLiteral("demo-poster.safetensors"),
            QStringLiteral("demo-vivid.safetensors")};
}

namespace {

Result<NodeResult> loadCheckpoint(const NodeContext& context)
{
    return NodeResult{{Model{context.text(QStringLiteral("ckpt_name")), {}}, Clip{}, Vae{}}, std::nullopt};
}

Result<NodeResult> loadStyle(const NodeContext& context)
{
    Model model = context.value<Model>(QStringLiteral("model"));
    Clip clip = context.value<Clip>(QStringLiteral("clip"));
    const QString name = context.text(QStringLiteral("lora_name"));
    model.styles.append({name, context.number(QStringLiteral("strength_model"), 1)});
    clip.styles.append({name, context.number(QStringLiteral("strength_clip"), 1)});
    return NodeResult{{model, clip}, std::nullopt};
}

Result<NodeResult> encodeText(const NodeContext& context)
{
    const Clip clip = context.value<Clip>(QStringLiteral("clip"));
    return NodeResult{{Conditioning{context.text(QStringLiteral("text")), clip.styles}}, std::nullopt};
}

} // namespace

void addLoaderNodes(NodeLibrary& library)
{
    library.add(
        NodeInfo(
            "CheckpointLoaderSimple", "Load Checkpoint", "loaders",
            "Chooses who paints. The demo server has one painter; it is a program, not a diffusion model.")
            .choice("ckpt_name", checkpointNames(), "The painter.")
            .output("MODEL", "The painter, for a sampler.")
            .output("CLIP", "Reads prompt texts.")
            .output("VAE", "Turns pictures into latents and back.")
            .aliases({QStringLiteral("checkpoint"), QStringLiteral("model"), QStringLiteral("load model")}),
        loadCheckpoint);
    library.add(NodeInfo("LoraLoader", "Load LoRA (Model and CLIP)", "loaders",
                         "Adds one of the demo painter's styles.")
                    .input("model", "MODEL", "The painter that gets the style.")
                    .input("clip", "CLIP", "The text reader that goes with it.")
                    .choice("lora_name", styleNames(), "The style.")
                    .number("strength_model", 1.0, -100.0, 100.0, 0.01, "How much of the style; 0 is none.")
                    .number("strength_clip", 1.0, -100.0, 100.0, 0.01,
                            "Kept for ComfyUI; the demo painter reads words alike.")
                    .output("MODEL", "The painter with the style.")
                    .output("CLIP", "The text reader.")
                    .aliases({QStringLiteral("lora"), QStringLiteral("style")}),
                loadStyle);
    library.add(
        NodeInfo("CLIPTextEncode", "CLIP Text Encode (Prompt)", "conditioning",
                 "Hands a text to the painter, which picks scene, light, season and colours by its words.")
            .input("text", "STRING", "What to paint, or what to avoid.",
                   Json{{"multiline", true}, {"dynamicPrompts", true}})
            .input("clip", "CLIP", "The text reader of the checkpoint.")
            .output("CONDITIONING", "The text, for a sampler.")
            .aliases({QStringLiteral("prompt"), QStringLiteral("text"), QStringLiteral("positive prompt"),
                      QStringLiteral("negative prompt")}),
        encodeText);
}

} // namespace gesso::demo
