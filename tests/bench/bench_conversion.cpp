// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"
#include "tests/bench/allocations.h"

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
    NodeCatalogPtr catalog;
};

void addRecorded(const QString& folder, const QString& objectInfo, QList<Recorded>& graphs)
{
    const auto catalog = NodeCatalog::parse(readAll(objectInfo));
    for (const QString& name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        auto workflow = readWorkflow(readAll(folder + u'/' + name + u"/workflow.json"), name);
        if (catalog && workflow && workflow->graph()) {
            graphs.append({name, std::move(*workflow->graph()), *catalog});
        }
    }
}

struct Measured {
    double microseconds = 0; // the median of many conversions
    quint64 allocations = 0; // of one
    quint64 kilobytes = 0;
    QString name;
};

Measured measure(const Recorded& recorded)
{
    constexpr int repeats = 31;
    QList<qint64> times;
    for (int i = 0; i < repeats; ++i) {
        QElapsedTimer timer;
        timer.start();
        benchmark::DoNotOptimize(convertGraph(recorded.graph, *recorded.catalog));
        times.append(timer.nsecsElapsed());
    }
    std::sort(times.begin(), times.end());
    const bench::Allocations before = bench::allocations();
    benchmark::DoNotOptimize(convertGraph(recorded.graph, *recorded.catalog));
    const bench::Allocations used = bench::allocations() - before;
    return {double(times.at(repeats / 2)) / 1000, used.count, used.bytes / 1000, recorded.name};
}

void printSpread(const char* what, QList<Measured> all, double (*value)(const Measured&))
{
    std::sort(all.begin(), all.end(),
              [value](const Measured& a, const Measured& b) { return value(a) < value(b); });
    std::printf("  %-22s median %8.1f   90 %% %8.1f   worst %8.1f (%s)\n", what,
                value(all.at(all.size() / 2)), value(all.at(all.size() * 9 / 10)), value(all.constLast()),
                qPrintable(all.constLast().name));
}

void reportRecorded(const QString& data)
{
    QList<Recorded> graphs;
    addRecorded(data + u"/conversion/cases", data + u"/conversion/object_info.json", graphs);
    addRecorded(data + u"/conversion/cases-2026", data + u"/conversion/object_info-2026.json", graphs);
    if (graphs.isEmpty()) {
        std::puts("no recorded workflows: set GESSO_TEST_DATA");
        return;
    }
    const double before = bench::peakMemoryMiB();
    QList<Measured> all;
    for (const Recorded& recorded : graphs) {
        all.append(measure(recorded));
    }
    std::printf("%d recorded workflows, one conversion each\n", int(all.size()));
    printSpread("time, us", all, [](const Measured& m) { return m.microseconds; });
    printSpread("allocations", all, [](const Measured& m) { return double(m.allocations); });
    printSpread("kB allocated", all, [](const Measured& m) { return double(m.kilobytes); });
    std::printf("  peak memory %.1f MiB, of which %.1f MiB before the first conversion: Qt, two catalogues "
                "and all graphs\n",
                bench::peakMemoryMiB(), before);
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
    const bench::Allocations before = bench::allocations();
    for (auto _ : state) {
        benchmark::DoNotOptimize(convertGraph(graph, **catalog));
    }
    const double perNode = 1.0 / (double(state.iterations()) * double(state.range(0)));
    state.counters["allocations/node"] = double((bench::allocations() - before).count) * perNode;
    state.counters["peak MiB"] = bench::peakMemoryMiB();
    state.SetComplexityN(state.range(0));
}

} // namespace

BENCHMARK(convertNested)
    ->Arg(1'000)
    ->Arg(3'000)
    ->Arg(10'000)
    ->Arg(30'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oN);

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    reportRecorded(qEnvironmentVariable("GESSO_TEST_DATA", QStringLiteral("../shared/data")));
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
