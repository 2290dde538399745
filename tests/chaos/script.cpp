// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/script.h"

#include <QRandomGenerator>
#include <QStringList>

#include <algorithm>
#include <array>

namespace gesso::chaos {

namespace {

// What is drawn, how often, and within which bounds.
struct Kind {
    Fault fault;
    const char* name;
    int weight;
    int leastAmount;
    int mostAmount;
    int mostForMs; // 0: over at once
};

constexpr std::array kinds{
    Kind{Fault::Cut, "cut", 6, 0, 0, 0},
    Kind{Fault::Reset, "reset", 6, 0, 0, 0},
    Kind{Fault::CutAfterToServer, "cut after bytes to the server", 5, 0, 6000, 0},
    Kind{Fault::CutAfterToClient, "cut after bytes to Gesso", 5, 0, 20'000, 0},
    Kind{Fault::HalfOpen, "half-open", 3, 0, 0, 120},
    Kind{Fault::HalfOpenToServer, "half-open to the server", 3, 0, 0, 120},
    Kind{Fault::HalfOpenToClient, "half-open to Gesso", 3, 0, 0, 120},
    Kind{Fault::DelayToServer, "delay to the server", 3, 1, 40, 150},
    Kind{Fault::DelayToClient, "delay to Gesso", 3, 1, 40, 150},
    Kind{Fault::GarbageToSocket, "garbage on the socket", 4, 1, 400, 0},
    Kind{Fault::HalfFrameToSocket, "half a frame on the socket", 4, 1, 400, 0},
    Kind{Fault::GarbageToServer, "garbage to the server", 3, 1, 400, 0},
    Kind{Fault::Impostor, "another program answers", 3, 1, 2000, 100},
    Kind{Fault::BadGateway, "bad gateway", 3, 0, 0, 100},
    Kind{Fault::Freeze, "freeze", 4, 0, 0, 150},
    Kind{Fault::RefuseConnections, "connections refused", 5, 0, 0, 150},
    Kind{Fault::LosePostAnswer, "answer to POST lost", 8, 0, 4, 0},
    Kind{Fault::RestartKeeping, "server restarts", 4, 0, 0, 0},
    Kind{Fault::RestartForgetting, "server restarts empty", 4, 0, 0, 0},
    Kind{Fault::KillServer, "server killed", 12, 0, 0, 80},
    Kind{Fault::SlowAnswers, "slow answers", 5, 1, 60, 150},
    Kind{Fault::LatePostAnswer, "late answer to POST", 4, 1, 80, 200},
    Kind{Fault::RefusePrompts, "prompts refused", 2, 0, 0, 60},
    Kind{Fault::FailNode, "a node fails", 3, 0, 0, 80},
    Kind{Fault::ServerError, "internal server error", 3, 0, 0, 100},
    Kind{Fault::ForgetHistory, "history denied", 2, 0, 0, 100},
    Kind{Fault::KillGesso, "Gesso killed", 24, 0, 0, 60},
    Kind{Fault::DiskFull, "disk full", 6, 0, 60'000, 150},
    Kind{Fault::JumpClock, "clock jumps", 3, -86'400'000, 86'400'000, 0},
    Kind{Fault::Cancel, "cancel", 8, 0, 0, 0},
    Kind{Fault::DeletePending, "deleted by another client", 4, 0, 0, 0},
    Kind{Fault::InterruptRunning, "interrupted by another client", 2, 0, 0, 0},
};

const Kind& kindOf(Fault fault)
{
    return *std::find_if(kinds.begin(), kinds.end(),
                         [fault](const Kind& kind) { return kind.fault == fault; });
}

// The program has no door for these while it runs.
bool isInside(Fault fault)
{
    return fault >= Fault::RestartKeeping && fault <= Fault::ForgetHistory && fault != Fault::KillServer;
}

bool isPossible(Fault fault, const Script& script)
{
    return script.isServerProcess ? !isInside(fault) : fault != Fault::KillServer;
}

class Chance
{
public:
    explicit Chance(quint64 seed)
        : m_random(std::array<quint32, 2>{quint32(seed), quint32(seed >> 32)}.data(), 2)
    {
    }

    int between(int least, int most) { return m_random.bounded(least, most + 1); }
    bool is(int percent) { return between(0, 99) < percent; }

    const Kind& kind(const Script& script)
    {
        int all = 0;
        for (const Kind& kind : kinds) {
            all += isPossible(kind.fault, script) ? kind.weight : 0;
        }
        int drawn = between(0, all - 1);
        for (const Kind& kind : kinds) {
            drawn -= isPossible(kind.fault, script) ? kind.weight : 0;
            if (drawn < 0) {
                return kind;
            }
        }
        return kinds.front();
    }

private:
    QRandomGenerator m_random;
};

constexpr int lastBlowMs = 180;

} // namespace

QString nameOf(Fault fault)
{
    return QLatin1String(kindOf(fault).name);
}

bool Script::has(Fault fault) const
{
    return std::any_of(blows.cbegin(), blows.cend(),
                       [fault](const Blow& blow) { return blow.fault == fault; });
}

bool Script::has(Fault fault, int amount) const
{
    return std::any_of(blows.cbegin(), blows.cend(),
                       [&](const Blow& blow) { return blow.fault == fault && blow.amount == amount; });
}

Script makeScript(quint64 seed)
{
    Chance chance(seed);
    Script script;
    script.seed = seed;
    script.isGessoProcess = chance.is(25);
    script.isServerProcess = chance.is(12);
    script.isConnectedFirst = chance.is(65);
    script.isResubmitting = chance.is(25);
    script.hasOneName = chance.is(25);
    script.stepDelayMs = chance.is(50) ? 0 : chance.between(1, 5);
    const int runs = chance.between(1, 6);
    for (int i = 0; i < runs; ++i) {
        RunPlan run;
        run.index = i;
        run.atMs = chance.is(60) ? 0 : chance.between(0, 120);
        run.steps = chance.between(1, 6);
        run.pictures = chance.is(75) ? 1 : chance.between(2, 3);
        run.hasUpload = chance.is(20);
        run.isFront = chance.is(15);
        script.runs.append(run);
    }
    const int blows = chance.between(1, 7);
    for (int i = 0; i < blows; ++i) {
        const Kind& kind = chance.kind(script);
        Blow blow;
        blow.fault = kind.fault;
        blow.atMs = chance.between(0, lastBlowMs);
        const bool isAboutARun = kind.fault == Fault::Cancel || kind.fault == Fault::DeletePending;
        blow.amount =
            isAboutARun ? chance.between(0, runs - 1) : chance.between(kind.leastAmount, kind.mostAmount);
        blow.forMs = kind.mostForMs > 0 ? chance.between(1, kind.mostForMs) : 0;
        script.blows.append(blow);
    }
    std::stable_sort(script.blows.begin(), script.blows.end(),
                     [](const Blow& a, const Blow& b) { return a.atMs < b.atMs; });
    return script;
}

QString describe(const Script& script)
{
    QStringList lines;
    lines += QStringLiteral("seed %1: Gesso %2, server %3 with %4 ms a step%5%6%7")
                 .arg(QString::number(script.seed),
                      script.isGessoProcess ? QStringLiteral("a process") : QStringLiteral("in process"),
                      script.isServerProcess ? QStringLiteral("a process") : QStringLiteral("in process"),
                      QString::number(script.stepDelayMs),
                      script.isResubmitting ? QStringLiteral(", lost runs are sent again") : QString(),
                      script.isConnectedFirst ? QString() : QStringLiteral(", not connected first"),
                      script.hasOneName ? QStringLiteral(", one name for all results") : QString());
    for (const RunPlan& run : script.runs) {
        lines +=
            QStringLiteral("  %1 ms: run %2, %3 steps, %4 picture(s)%5%6")
                .arg(QString::number(run.atMs), QString::number(run.index), QString::number(run.steps),
                     QString::number(run.pictures), run.hasUpload ? QStringLiteral(", upload") : QString(),
                     run.isFront ? QStringLiteral(", front") : QString());
    }
    for (const Blow& blow : script.blows) {
        lines += QStringLiteral("  %1 ms: %2 (%3) for %4 ms")
                     .arg(QString::number(blow.atMs), nameOf(blow.fault), QString::number(blow.amount),
                          QString::number(blow.forMs));
    }
    return lines.join(u'\n');
}

} // namespace gesso::chaos
