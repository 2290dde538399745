// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/abandonedrunsteller.h"

#include "viewmodels/base/whenready.h"

#include <QCoreApplication>

namespace gesso {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(gesso::AbandonedRunsTeller)
};

} // namespace

// Asked once the first server was connected, as runs of that one are taken over by then.
AbandonedRunsTeller::AbandonedRunsTeller(RunHistory& history, ServerViewModel& server, NoticeList& notices,
                                         QObject* parent)
    : QObject(parent)
    , m_history(history)
    , m_server(server)
    , m_notices(notices)
{
    const auto ask = [this] {
        whenReady(m_history.abandonedRuns(), this, [this](const Result<QList<AbandonedRuns>>& runs) {
            tell(runs.value_or(QList<AbandonedRuns>()));
        });
    };
    connect(&server, &ServerViewModel::sessionChanged, this, ask, Qt::SingleShotConnection);
}

void AbandonedRunsTeller::tell(const QList<AbandonedRuns>& runs)
{
    for (const AbandonedRuns& left : runs) {
        const QUrl url(left.server);
        if (!url.isValid() || url.host().isEmpty()) {
            continue; // of the demo server, which goes with its Gesso
        }
        ServerProfile profile;
        profile.url = url;
        Notice notice;
        notice.key = QString(QStringLiteral("abandoned-") + left.server);
        const QString text = left.count == 1
            ? Text::tr("A run from last time is unfinished on %1.")
            : Text::tr("%n runs from last time are unfinished on %1.", nullptr, left.count);
        notice.text = text.arg(url.authority());
        notice.actions = {{Text::tr("Connect"), [this, profile] { m_server.connectTo(profile); }}};
        m_notices.post(std::move(notice));
    }
}

} // namespace gesso
