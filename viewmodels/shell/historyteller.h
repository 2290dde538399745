// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QObject>

namespace gesso {

class NoticeList;
class RunHistory;

// Says in the window what is wrong with the history of runs, and when it is right again. Both must outlive
// it.
class HistoryTeller : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(gesso::HistoryTeller)

public:
    HistoryTeller(RunHistory& history, NoticeList& notices, QObject* parent = nullptr);
};

} // namespace gesso
