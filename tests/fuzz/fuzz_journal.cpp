// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runcodec.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// A row of the history of runs: its columns are the parts between 0xFF bytes, which UTF-8 never has. What is
// read can be written, and is then read as the same.
void fuzz(const QByteArray& bytes)
{
    const QList<QByteArray> columns = bytes.split('\xff');
    const auto text = [&columns](int column) { return QString::fromUtf8(columns.value(column)); };
    HistoryRow row;
    row.id = text(0);
    row.phase = text(1);
    row.prompt = columns.value(2);
    row.request = columns.value(3);
    row.state = columns.value(4);
    row.workflow = columns.value(5);
    row.createdMs = columns.value(6).toLongLong();
    row.attempt = columns.value(7).toInt();
    const Result<JournaledRun> run = decodeRun(row);
    if (!run) {
        return;
    }
    const HistoryChange change = encodeState(run->state, run->clientId, run->cancelRequested);
    const Result<JournaledRun> again = decodeRun(encodeRun(*run->request, run->origin, change));
    fuzzing::require(again.has_value());
    const HistoryChange changeAgain = encodeState(again->state, again->clientId, again->cancelRequested);
    fuzzing::require(changeAgain.state == change.state);
}
