// SPDX-License-Identifier: GPL-3.0-or-later
// Previews and progress, as they come while a job runs: frames per second on one core.
#include "core/comfy/eventdecoder.h"

#include <QBuffer>
#include <QImage>
#include <QtEndian>

#include <benchmark/benchmark.h>

using namespace gesso;

namespace {

// A picture that does not shrink to nothing: a gradient with a pattern over it.
QByteArray jpeg(int side)
{
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            image.setPixel(x, y, qRgb((x * 255) / side, (y * 255) / side, (x * y) % 256));
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", 90);
    return bytes;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray previewFrame(int side)
{
    const QByteArray metadata =
        R"({"node_id":"3","prompt_id":"63d0f415-5952-4d8c-a79c-59d433db0311","display_node_id":"3",)"
        R"("parent_node_id":null,"real_node_id":"3","image_type":"image/jpeg"})";
    return bigEndian(4) + bigEndian(quint32(metadata.size())) + metadata + jpeg(side);
}

QByteArray progressState(int nodes)
{
    const QByteArray id = "\"prompt_id\":\"63d0f415-5952-4d8c-a79c-59d433db0311\"";
    QByteArray frame = R"({"type":"progress_state","data":{)" + id + R"(,"nodes":{)";
    for (int i = 0; i < nodes; ++i) {
        const QByteArray number = '"' + QByteArray::number(i) + '"';
        frame += (i ? "," : "") + number + R"(:{"value":3,"max":20,"state":"running","node_id":)" + number
            + ',' + id + R"(,"display_node_id":)" + number + R"(,"parent_node_id":null,"real_node_id":)"
            + number + '}';
    }
    return frame + "}}}";
}

void split(benchmark::State& state)
{
    const QByteArray frame = previewFrame(int(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(decodeBinaryFrame(frame));
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * frame.size());
}

void splitAndDecode(benchmark::State& state)
{
    const QByteArray frame = previewFrame(int(state.range(0)));
    for (auto _ : state) {
        const Result<ComfyEvent> event = decodeBinaryFrame(frame);
        benchmark::DoNotOptimize(QImage::fromData(std::get<PreviewEvent>(*event).image));
    }
    state.SetItemsProcessed(state.iterations());
}

void text(benchmark::State& state)
{
    const QByteArray frame = progressState(int(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(decodeTextFrame(frame));
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * frame.size());
}

} // namespace

BENCHMARK(split)->Name("preview, not decoded")->Arg(512)->Arg(1024);
BENCHMARK(splitAndDecode)->Name("preview, decoded")->Arg(512)->Arg(1024);
BENCHMARK(text)->Name("progress_state of nodes")->Arg(1)->Arg(10)->Arg(200);

BENCHMARK_MAIN();
