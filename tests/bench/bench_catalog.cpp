// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/nodecatalog.h"
#include "tests/bench/allocations.h"

#include <QFile>

#include <benchmark/benchmark.h>

namespace {

using gesso::Json;

// A class like those of big packs: long lists of files and tooltips.
Json madeUpClass(int number)
{
    Json files = Json::array();
    for (int i = 0; i < 40; ++i) {
        files.push_back("folder_" + std::to_string(number % 17) + "/a model with a long name "
                        + std::to_string(i) + ".safetensors");
    }
    Json required = Json::object();
    required["model"] =
        Json::array({"MODEL", {{"tooltip", "The model used for denoising the input latent."}}});
    required["file"] = Json::array({files, {{"tooltip", "One of the files the server found."}}});
    for (int i = 0; i < 12; ++i) {
        required["value_" + std::to_string(i)] =
            Json::array({"FLOAT", {{"default", 1.0}, {"min", 0.0}, {"max", 10.0}, {"step", 0.01}}});
    }
    return {{"input", {{"required", required}}},
            {"output", {"IMAGE"}},
            {"output_name", {"IMAGE"}},
            {"display_name", "Class " + std::to_string(number)},
            {"category", "pack/of/many"},
            {"description", std::string(200, 'd')},
            {"output_node", false}};
}

QByteArray madeUpCatalog(qsizetype bytes)
{
    QByteArray text = "{";
    for (int i = 0; text.size() < bytes; ++i) {
        text +=
            (i ? ",\"Class" : "\"Class") + QByteArray::number(i) + "\":" + gesso::writeJson(madeUpClass(i));
    }
    return text + '}';
}

// Parse and index, then look one class up: what stands between the download and the first conversion.
void parseCatalog(benchmark::State& state, const QByteArray& text, const QString& type)
{
    qsizetype classes = 0;
    const gesso::bench::Allocations before = gesso::bench::allocations();
    for (auto _ : state) {
        QByteArray received(text.constData(), text.size()); // as it comes from the network, unshared
        const auto catalog = gesso::NodeCatalog::parse(std::move(received));
        if (!catalog || !(*catalog)->find(type)) {
            state.SkipWithError("the catalogue cannot be read");
            return;
        }
        classes = (*catalog)->size();
    }
    const auto used = gesso::bench::allocations() - before;
    state.SetBytesProcessed(state.iterations() * text.size());
    state.counters["allocations"] = double(used.count) / double(state.iterations());
    state.counters["peak MiB"] = gesso::bench::peakMemoryMiB();
    state.counters["classes"] = double(classes);
    state.counters["MB"] = double(text.size()) / 1e6;
}

void parseEveryDefinition(benchmark::State& state, const QByteArray& text)
{
    for (auto _ : state) {
        const auto catalog = gesso::NodeCatalog::parse(text);
        for (const QString& type : (*catalog)->types()) {
            benchmark::DoNotOptimize((*catalog)->find(type));
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QByteArray small = madeUpCatalog(500'000);
    const QByteArray large = madeUpCatalog(20'000'000);
    benchmark::RegisterBenchmark("catalog/0.5MB", [&small](benchmark::State& state) {
        parseCatalog(state, small, QStringLiteral("Class7"));
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("catalog/20MB", [&large](benchmark::State& state) {
        parseCatalog(state, large, QStringLiteral("Class7"));
    })->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("definitions/0.5MB", [&small](benchmark::State& state) {
        parseEveryDefinition(state, small);
    })->Unit(benchmark::kMillisecond);
    QFile recorded(qEnvironmentVariable("GESSO_OBJECT_INFO")); // a real server's, where one is at hand
    const QByteArray real = recorded.open(QIODevice::ReadOnly) ? recorded.readAll() : QByteArray();
    if (!real.isEmpty()) {
        benchmark::RegisterBenchmark("catalog/recorded", [&real](benchmark::State& state) {
            parseCatalog(state, real, QStringLiteral("KSampler"));
        })->Unit(benchmark::kMillisecond);
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
