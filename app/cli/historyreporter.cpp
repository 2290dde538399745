// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/historyreporter.h"

namespace gesso::cli {

HistoryReporter::HistoryReporter(const RunHistory& history, Console& console)
{
    const auto tell = [&console](const Error& error) {
        console.say(QStringList{error.message, error.hint}.join(u' ').trimmed());
    };
    connect(&history, &RunHistory::problemFound, this, tell);
    connect(&history, &RunHistory::problemSolved, this,
            [&console] { console.say(tr("Gesso can write to its history again.")); });
    if (history.problem()) { // found while connecting
        tell(*history.problem());
    }
}

} // namespace gesso::cli
