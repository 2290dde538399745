// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>

namespace {

using namespace gesso;

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Recorded {
    QString name;
    Graph graph;
};

QList<Recorded> recordedGraphs(const QString& folder)
{
    QList<Recorded> graphs;
    for (const QString& name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        auto workflow = readWorkflow(readAll(folder + u'/' + name + u"/workflow.json"), name);
        if (workflow && workflow->graph()) {
            graphs.append({name, std::move(*workflow->graph())});
        }
    }
    return graphs;
}

// The median of many conversions of one workflow, in microseconds.
double medianMicroseconds(const Graph& graph, const NodeCatalog& catalog)
{
    constexpr int repeats = 31;
    QList<qint64> times;
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        benchmark::DoNotOptimize(convertGraph(graph, catalog));
        times.append(timer.nsecsElapsed());
    }
    std::sort(times.begin(), times.end());
    return double(times.at(repeats / 2)) / 1000;
}

void reportRecorded(const QString& data)
{
    const auto catalog = NodeCatalog::parse(readAll(data + u"/conversion/object_info.json"));
    const QList<Recorded> graphs = recordedGraphs(data + u"/conversion/cases");
    if (!catalog || graphs.isEmpty()) {
        std::puts("no recorded workflows: set GESSO_TEST_DATA");
        return;
    }
    QList<std::pair<double, QString>> medians;
    for (const Recorded& recorded : graphs) {
        medians.emplaceBack(medianMicroseconds(recorded.graph, **catalog), recorded.name);
    }
    std::sort(medians.begin(), medians.end());
    std::printf("%d recorded workflows: median %.1f us, worst %.1f us (%s)\n", int(medians.size()),
                medians.at(medians.size() / 2).first, medians.constLast().first,
                qPrintable(medians.constLast().second));
}

// `nodes` real nodes in a chain inside five levels of subgraphs: time must grow with their number only.
Graph nestedGraph(qint64 nodes)
{
    constexpr int levels = 5;
    Json document = Json::object({{"nodes", Json::array({{{"id", 1}, {"type", "level0"}}})}});
    Json& subgraphs = document["definitions"]["subgraphs"] = Json::array();
    for (int level = 0; level < levels; ++level) {
        Json inner = Json::array({{{"id", 1}, {"type", "level" + std::to_string(level + 1)}}});
        Json links = Json::array();
        for (qint64 i = 2; i < 2 + nodes / levels; ++i) {
            inner.push_back({{"id", i},
                             {"type", "Invert"},
                             {"inputs", Json::array({{{"name", "image"}, {"type", "IMAGE"}, {"link", i}}})}});
            links.push_back({{"id", i},
                             {"origin_id", i - 1},
                             {"origin_slot", 0},
                             {"target_id", i},
                             {"target_slot", 0},
                             {"type", "IMAGE"}});
        }
        subgraphs.push_back({{"id", "level" + std::to_string(level)}, {"nodes", inner}, {"links", links}});
    }
    subgraphs.push_back(
        {{"id", "level" + std::to_string(levels)}, {"nodes", Json::array()}, {"links", Json::array()}});
    return *graphFromJson(document, nullptr);
}

void convertNested(benchmark::State& state)
{
    static const auto catalog = NodeCatalog::parse(
        R"({"Invert": {"input": {"required": {"image": ["IMAGE"]}}, "output": ["IMAGE"]}})");
    const Graph graph = nestedGraph(state.range(0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(convertGraph(graph, **catalog));
    }
    state.SetComplexityN(state.range(0));
}

} // namespace

BENCHMARK(convertNested)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMillisecond)
    ->Complexity();

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    reportRecorded(qEnvironmentVariable("GESSO_TEST_DATA", QStringLiteral("../shared/data")));
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
