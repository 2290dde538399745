// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runhistory.h"
#include "viewmodels/servers/serverviewmodel.h"
#include "viewmodels/shell/noticelist.h"

#include <QObject>

namespace gesso {

// Says, once, that an earlier Gesso left runs on other servers than the one at hand: they are taken up as
// soon as the person connects there.
class AbandonedRunsTeller : public QObject
{
public:
    AbandonedRunsTeller(RunHistory& history, ServerViewModel& server, NoticeList& notices,
                        QObject* parent = nullptr);

private:
    void tell(const QList<AbandonedRuns>& runs);

    RunHistory& m_history;
    ServerViewModel& m_server;
    NoticeList& m_notices;
};

} // namespace gesso
