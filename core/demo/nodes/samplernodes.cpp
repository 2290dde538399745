// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodes/nodes.h"
#include "core/demo/painter/painter.h"

#include <QBuffer>
#include <QImageWriter>

namespace gesso::demo {

namespace {

// ComfyUI's names in ComfyUI's order. The painter knows one way to paint; the name only varies the brush.
QStringList samplerNames()
{
    return QStringLiteral("euler euler_cfg_pp euler_ancestral euler_ancestral_cfg_pp heun heunpp2 "
                          "exp_heun_2_x0 exp_heun_2_x0_sde dpm_2 dpm_2_ancestral lms "
                          "dpm_fast dpm_adaptive dpmpp_2s_ancestral dpmpp_2s_ancestral_cfg_pp dpmpp_sde "
                          "dpmpp_sde_gpu dpmpp_2m dpmpp_2m_cfg_pp dpmpp_2m_sde "
                          "dpmpp_2m_sde_gpu dpmpp_2m_sde_heun dpmpp_2m_sde_heun_gpu dpmpp_3m_sde "
                          "dpmpp_3m_sde_gpu ddpm lcm ipndm ipndm_v deis res_multistep "
                          "res_multistep_cfg_pp res_multistep_ancestral res_multistep_ancestral_cfg_pp "
                          "gradient_estimation gradient_estimation_cfg_pp er_sde "
                          "seeds_2 seeds_3 sa_solver sa_solver_pece ddim uni_pc uni_pc_bh2")
        .split(QLatin1Char(' '));
}

QStringList schedulerNames()
{
    return QStringLiteral(
               "simple sgm_uniform karras exponential ddim_uniform beta normal linear_quadratic kl_optimal")
        .split(QLatin1Char(' '));
}

QByteArray jpeg(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(90);
    writer.write(image);
    return bytes;
}

PaintOrder orderOf(const NodeContext& context, int index)
{
    const Latent& latent = context.latent(QStringLiteral("latent_image"));
    const Conditioning positive = context.value<Conditioning>(QStringLiteral("positive"));
    PaintOrder order;
    order.positive = positive.text;
    order.negative = context.value<Conditioning>(QStringLiteral("negative")).text;
    order.styles = context.value<Model>(QStringLiteral("model")).styles;
    order.seed = {context.seed(QStringLiteral("seed")).value + static_cast<std::uint64_t>(index)};
    order.steps = static_cast<int>(context.integer(QStringLiteral("steps"), 20));
    order.cfg = context.number(QStringLiteral("cfg"), 8);
    order.sampler = context.text(QStringLiteral("sampler_name"));
    order.scheduler = context.text(QStringLiteral("scheduler"));
    order.denoise = context.number(QStringLiteral("denoise"), 1);
    order.width = latent.width;
    order.height = latent.height;
    const auto i = static_cast<std::size_t>(index);
    order.input = latent.pictures.empty() ? nullptr : &latent.pictures[i % latent.pictures.size()];
    order.mask = latent.noiseMask.empty() ? nullptr : &latent.noiseMask[i % latent.noiseMask.size()];
    order.previewSize = context.environment().previewSize;
    order.isInterrupted = [&context] { return context.isInterrupted(); };
    return order;
}

Result<NodeResult> sample(const NodeContext& context)
{
    Latent latent = context.latent(QStringLiteral("latent_image"));
    std::vector<Painter> painters;
    painters.reserve(static_cast<std::size_t>(latent.batch));
    for (int i = 0; i < latent.batch; ++i) {
        painters.emplace_back(orderOf(context, i));
    }
    const int steps = static_cast<int>(context.integer(QStringLiteral("steps"), 20));
    for (int step = 1; step <= steps; ++step) {
        for (Painter& painter : painters) {
            painter.paintStep(step);
        }
        if (!context.pause(context.environment().stepDelayMs)) {
            return interrupted();
        }
        // Like ComfyUI, of a batch the first is shown.
        context.progress(step, steps, jpeg(painters.front().preview(step)));
    }
    latent.pictures.clear();
    for (Painter& painter : painters) {
        latent.pictures.push_back(painter.takeResult());
        if (context.isInterrupted()) {
            return interrupted();
        }
    }
    return NodeResult{{latentValue(std::move(latent))}, std::nullopt};
}

} // namespace

void addSamplerNodes(NodeLibrary& library)
{
    library.add(
        NodeInfo("KSampler", "KSampler", "sampling",
                 "The demo painter: paints a picture out of noise, step by step, by the words of the prompt.")
            .input("model", "MODEL", "Who paints.")
            .integer("seed", 0, 0, UINT64_MAX, 0,
                     "The same seed paints the same picture; another one another.",
                     Json{{"control_after_generate", true}})
            .integer("steps", 20, 1, 10000, 0, "Few steps leave it a sketch, more bring out detail.")
            .number("cfg", 8.0, 0.0, 100.0, 0.1, "How strong contrast and colours are.",
                    Json{{"round", 0.01}})
            .choice("sampler_name", samplerNames(), "Varies the brush a little.")
            .choice("scheduler", schedulerNames(), "Varies how soon the picture clears.")
            .input("positive", "CONDITIONING", "What to paint.")
            .input("negative", "CONDITIONING", "What to avoid.")
            .input("latent_image", "LATENT", "The canvas: blank, or a picture to paint over.")
            .number("denoise", 1.0, 0.0, 1.0, 0.01,
                    "How much of the canvas is painted anew; below 1 the picture on it shines through.")
            .output("LATENT", "The painted canvas.")
            .aliases({QStringLiteral("sampler"), QStringLiteral("generate"), QStringLiteral("txt2img"),
                      QStringLiteral("img2img")}),
        sample);
}

} // namespace gesso::demo
