// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace gesso::chaos {

// A run that is asked for.
struct RunPlan {
    int index = 0;
    int atMs = 0; // after the start
    int steps = 2;
    int pictures = 1;
    bool hasUpload = false; // a local picture is uploaded first
    bool isFront = false;
};

enum class Fault {
    // On the wire
    Cut,
    Reset,
    CutAfterToServer, // amount: bytes
    CutAfterToClient, // amount: bytes
    HalfOpen,
    HalfOpenToServer,
    HalfOpenToClient,
    DelayToServer, // amount: ms
    DelayToClient, // amount: ms
    GarbageToSocket, // amount: bytes
    HalfFrameToSocket, // amount: bytes
    GarbageToServer, // amount: bytes
    Impostor, // another program answers, with amount bytes of garbage
    BadGateway,
    Freeze,
    RefuseConnections,
    LosePostAnswer, // amount: ms after the POST
    // The server
    RestartKeeping, // its history
    RestartForgetting,
    KillServer, // down for forMs
    SlowAnswers, // amount: ms
    LatePostAnswer, // amount: ms
    RefusePrompts,
    FailNode,
    ServerError,
    ForgetHistory,
    // Gesso and its machine
    KillGesso, // gone for forMs
    DiskFull, // amount: bytes that are left
    JumpClock, // amount: ms
    // People
    Cancel, // amount: index of the run
    DeletePending, // by another client; amount: index of the run
    InterruptRunning, // by another client
};

QString nameOf(Fault fault);

// Something that happens, and where it lasts, for how long.
struct Blow {
    int atMs = 0;
    Fault fault = Fault::Cut;
    int amount = 0;
    int forMs = 0;
};

// All that happens in one scenario. Made from the seed alone.
struct Script {
    quint64 seed = 0;
    bool isGessoProcess = false; // a process of its own, which dies by SIGKILL
    bool isServerProcess = false; // the same
    bool isConnectedFirst = false; // nothing happens before
    bool isResubmitting = false; // runs the server has lost are sent again
    bool hasOneName = false; // all results want the same file name
    int stepDelayMs = 0;
    QList<RunPlan> runs;
    QList<Blow> blows;

    bool has(Fault fault) const;
    bool has(Fault fault, int amount) const;
};

Script makeScript(quint64 seed);
QString describe(const Script& script);

} // namespace gesso::chaos
