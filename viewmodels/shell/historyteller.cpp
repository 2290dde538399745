// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/historyteller.h"

#include "core/run/runhistory.h"
#include "viewmodels/shell/noticelist.h"

namespace gesso {

HistoryTeller::HistoryTeller(RunHistory& history, NoticeList& notices, QObject* parent)
    : QObject(parent)
{
    const QString key = QStringLiteral("history");
    connect(&history, &RunHistory::problemFound, this,
            [&notices, key](const Error& error) { notices.post(error, {}, key); });
    connect(&history, &RunHistory::problemSolved, this, [&notices, key] {
        constexpr int shownMs = 12'000;
        Notice notice;
        notice.key = key;
        notice.tone = NoticeTone::Good;
        notice.text = tr("Gesso can write to its history again. What was not sent can be generated again.");
        notice.timeoutMs = shownMs;
        notices.post(std::move(notice));
    });
}

} // namespace gesso
