// SPDX-License-Identifier: GPL-3.0-or-later
// Runs under fire: see README.md beside this file.
#include "core/base/log.h"
#include "tests/chaos/client.h"
#include "tests/chaos/scenario.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace gesso;
using namespace gesso::chaos;

namespace {

struct Tally {
    int failed = 0;
    int runs = 0;
    QMap<QString, int> ends;
    QMap<QString, int> faults;
    qint64 longestMs = 0;
    quint64 longest = 0; // its seed
};

bool play(quint64 seed, bool isVerbose, Tally& tally)
{
    const Script script = makeScript(seed);
    if (isVerbose) {
        std::printf("%s\n", qPrintable(describe(script)));
    }
    QElapsedTimer time;
    time.start();
    Scenario::Outcome outcome;
    {
        Scenario scenario(script, isVerbose);
        outcome = scenario.play();
    }
    if (time.elapsed() > tally.longestMs) {
        tally.longestMs = time.elapsed();
        tally.longest = seed;
    }
    tally.runs += int(script.runs.size());
    for (auto end = outcome.ends.cbegin(); end != outcome.ends.cend(); ++end) {
        tally.ends[end.key()] += end.value();
    }
    for (const Blow& blow : script.blows) {
        ++tally.faults[nameOf(blow.fault)];
    }
    if (outcome.violations.isEmpty()) {
        return true;
    }
    ++tally.failed;
    std::printf("FAILED, replay with --seed %llu --verbose\n%s\n", static_cast<unsigned long long>(seed),
                isVerbose ? "" : qPrintable(describe(script)));
    for (const QString& violation : outcome.violations) {
        std::printf("  ! %s\n", qPrintable(violation));
    }
    std::fflush(stdout);
    return false;
}

void report(const Tally& tally, int scenarios, qint64 ms)
{
    std::printf("%d scenarios in %.1f s (longest %.1f s: %llu), %d runs asked for, %d scenarios failed\n",
                scenarios, double(ms) / 1000, double(tally.longestMs) / 1000,
                static_cast<unsigned long long>(tally.longest), tally.runs, tally.failed);
    for (auto end = tally.ends.cbegin(); end != tally.ends.cend(); ++end) {
        std::printf("  %6d %s\n", end.value(), qPrintable(end.key()));
    }
    std::printf("faults:\n");
    for (auto fault = tally.faults.cbegin(); fault != tally.faults.cend(); ++fault) {
        std::printf("  %6d %s\n", fault.value(), qPrintable(fault.key()));
    }
}

int beGesso(const QString& place)
{
    const Result<Json> json = parseJson(place.toUtf8());
    if (!json) {
        return 2;
    }
    Client client(placeFrom(*json));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser options;
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("The first scenario."),
                                  QStringLiteral("N"), QStringLiteral("1"));
    const QCommandLineOption count(QStringLiteral("count"),
                                   QStringLiteral("How many, with the seeds after it."), QStringLiteral("N"),
                                   QStringLiteral("1"));
    const QCommandLineOption verbose(QStringLiteral("verbose"), QStringLiteral("Tell what happens when."));
    QCommandLineOption client(QStringLiteral("client"), QString(), QStringLiteral("place"));
    client.setFlags(QCommandLineOption::HiddenFromHelp);
    options.addOptions({seed, count, verbose, client});
    options.addHelpOption();
    options.process(app);

    log::start({}, options.isSet(verbose) ? log::Level::Info : log::Level::Error);
    if (options.isSet(client)) {
        return beGesso(options.value(client));
    }
    Tally tally;
    QElapsedTimer time;
    time.start();
    const int scenarios = options.value(count).toInt();
    const quint64 first = options.value(seed).toULongLong();
    for (int i = 0; i < scenarios; ++i) {
        play(first + quint64(i), options.isSet(verbose), tally);
    }
    report(tally, scenarios, time.elapsed());
    return tally.failed == 0 && scenarios > 0 ? 0 : 1;
}
