// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/endteller.h"

namespace gesso {

namespace {

const QString awayKey = QStringLiteral("ended-while-away");
const QString lostKey = QStringLiteral("lost");
constexpr int goodNewsMs = 8000;

} // namespace

EndTeller::EndTeller(NoticeList& notices, QObject* parent)
    : QObject(parent)
    , m_notices(notices)
{
}

void EndTeller::reset()
{
    m_away.clear();
    m_lost.clear();
    m_again = 0;
}

void EndTeller::noteEndedWhileAway(const PromptId& run)
{
    if (!m_away.contains(run)) {
        m_away.append(run);
        tellAway();
    }
}

void EndTeller::tellAway()
{
    Notice notice;
    notice.key = awayKey;
    notice.tone = NoticeTone::Good;
    notice.text = m_away.size() == 1
        ? tr("A run finished while Gesso was away.")
        : tr("%n runs finished while Gesso was away.", nullptr, int(m_away.size()));
    notice.actions.append({m_away.size() == 1 ? tr("Show it") : tr("Show them"), [this] {
                               m_away.clear();
                               Q_EMIT showRequested();
                           }});
    m_notices.post(std::move(notice));
}

void EndTeller::noteLost(const PromptId& run, const Error& why)
{
    if (!m_lost.contains(run)) {
        m_lost.append(run);
        m_why = why;
        tellLost();
    }
}

void EndTeller::noteRunAgain(const PromptId& run)
{
    if (m_lost.removeAll(run) > 0) {
        if (m_lost.isEmpty()) {
            m_notices.dismissKey(lostKey);
        } else {
            tellLost();
        }
        return;
    }
    ++m_again; // by itself
    Notice notice;
    notice.key = QStringLiteral("lost-again");
    notice.text = m_again == 1 ? tr("The server lost a run; it was started again.")
                               : tr("The server lost %n runs; they were started again.", nullptr, m_again);
    notice.timeoutMs = goodNewsMs;
    m_notices.post(std::move(notice));
}

void EndTeller::tellLost()
{
    const bool isOne = m_lost.size() == 1;
    Notice notice;
    notice.key = lostKey;
    notice.tone = NoticeTone::Warning;
    notice.text = isOne
        ? m_why.message
        : tr("The server no longer knows %n runs; it was probably restarted.", nullptr, int(m_lost.size()));
    notice.detail = isOne ? m_why.detail : QString();
    notice.actions.append({isOne ? tr("Run again") : tr("Run all again"),
                           [this, runs = m_lost] { Q_EMIT runAgainRequested(runs); }});
    if (!isOne) {
        notice.actions.append({tr("Show them"), [this] {
                                   m_lost.clear(); // told: the list shows them
                                   Q_EMIT showRequested();
                               }});
    }
    m_notices.post(std::move(notice));
}

} // namespace gesso
