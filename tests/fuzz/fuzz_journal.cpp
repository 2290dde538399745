// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of the history of runs, from any bytes: parts between 0xFF bytes, which UTF-8 never has, are the
// columns.
#include "core/run/runcodec.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data),
                           qsizetype(size)); // NOLINT: libFuzzer's interface
    const QList<QByteArray> columns = bytes.split('\xff');
    gesso::HistoryRow row;
    row.prompt = columns.value(0);
    row.request = columns.value(1);
    row.state = columns.value(2);
    row.workflow = columns.value(3);
    row.phase = QString::fromUtf8(columns.value(4, "queued"));
    row.id = QString::fromUtf8(columns.value(5, "id"));
    row.createdMs = columns.value(6).toLongLong();
    row.attempt = columns.value(7).toInt();
    if (const gesso::Result<gesso::JournaledRun> run = gesso::decodeRun(row)) {
        // What was read can be written, and read again as the same.
        const gesso::HistoryChange change =
            gesso::encodeState(run->state, run->clientId, run->cancelRequested);
        gesso::HistoryRow again = gesso::encodeRun(*run->request, run->origin, change);
        const gesso::Result<gesso::JournaledRun> reread = gesso::decodeRun(again);
        if (!reread
            || gesso::encodeState(reread->state, reread->clientId, reread->cancelRequested).state
                != change.state) {
            __builtin_trap();
        }
    }
    return 0;
}
