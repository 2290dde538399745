// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/gesso.h"

#include <QSet>

namespace gesso::chaos {

// A run as Gesso's history has it.
struct LedgerRow {
    QString id;
    QString phase;
    bool isActive = true;
    QString resubmitOf;
};

// What is left when all faults are over and everything has come to rest.
struct Evidence {
    QList<LedgerRow> ledger;
    Memory memory; // of the Gesso that lives
    Json history; // of the server, by prompt id
    Json queue;
    QHash<QByteArray, int> made; // content of each picture on the server → index of its run
    QSet<QByteArray> shown; // pictures of the server that are for the eye only
    QMap<int, int> madeCount; // pictures by run: of all times it was executed
    int halfFiles = 0; // hidden ones in the output folder
    QList<std::pair<QString, QByteArray>> kept; // name and content of each file in the output folder
};

// Whether it may not be in the ledger if the disk was full: it was not sent and that was told, or it was
// cancelled first.
bool canBeUnwritten(const Memory::Run& run);

Result<QList<LedgerRow>> readLedger(const QString& historyFile);
// Only once nothing writes there any more. Adds made, madeCount, shown, halfFiles and kept.
void readFiles(Evidence& evidence, const QString& serverFolder, const QString& output);

// What is wrong. Empty if every run is accounted for: it has one end, which something in the script can
// explain; a run that is done has all its pictures as the server has them, each once; none that the server
// made is missing without a reason; none was executed twice.
QStringList violations(const Script& script, const Evidence& evidence);

} // namespace gesso::chaos
