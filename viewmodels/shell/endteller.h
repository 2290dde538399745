// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runservice.h"
#include "viewmodels/shell/noticelist.h"

#include <QObject>

namespace gesso {

// Tells in one notice each, however many runs they are, what ended while Gesso was away and what the server
// has lost.
class EndTeller : public QObject
{
    Q_OBJECT

public:
    explicit EndTeller(NoticeList& notices, QObject* parent = nullptr);

    void noteEndedWhileAway(const PromptId& run);
    void noteLost(const PromptId& run, const Error& why);
    void noteRunAgain(const PromptId& run); // a lost one: by the person, or by itself
    void reset(); // another server

Q_SIGNALS:
    void showRequested(); // the runs that ended
    void runAgainRequested(const QList<gesso::PromptId>& runs);

private:
    void tellAway();
    void tellLost();

    NoticeList& m_notices;
    QList<PromptId> m_away;
    QList<PromptId> m_lost; // and not run again
    Error m_why; // of the last lost one
    int m_again = 0; // lost ones that were run again before they were told
};

} // namespace gesso
