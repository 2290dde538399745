// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/noticestack.h"

#include "viewmodels/shell/noticelist.h"
#include "views/shell/noticebar.h"
#include "views/theme/themecontroller.h"

#include <QVBoxLayout>

namespace gesso {

namespace {
constexpr int mostShown = 3;
}

NoticeStack::NoticeStack(NoticeList& notices, const ThemeController& theme, QWidget* parent)
    : QWidget(parent)
    , m_notices(notices)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("notices"));
    setAccessibleName(tr("Notices"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::tight);
    connect(&m_notices, &NoticeList::rowsInserted, this, &NoticeStack::rebuild);
    connect(&m_notices, &NoticeList::rowsRemoved, this, &NoticeStack::rebuild);
    connect(&m_notices, &NoticeList::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    drop(m_bars.take(m_notices.at(row).id)); // made anew with its new text
                rebuild();
            });
    connect(&m_notices, &NoticeList::modelReset, this, &NoticeStack::rebuild);
    rebuild();
}

void NoticeStack::rebuild()
{
    QHash<quint64, NoticeBar*> kept;
    const int count = m_notices.rowCount();
    for (int row = qMax(0, count - mostShown); row < count; ++row) {
        const Notice& notice = m_notices.at(row);
        const quint64 id = notice.id;
        NoticeBar* bar = m_bars.take(id);
        if (!bar) {
            bar = new NoticeBar(notice, m_theme, this);
            connect(bar, &NoticeBar::actionTriggered, this,
                    [this, id](int action) { m_notices.trigger(id, action); });
            connect(bar, &NoticeBar::dismissed, this, [this, id] { m_notices.dismiss(id); });
        }
        m_layout->addWidget(bar); // to the end: the order is the list's
        bar->show();
        kept.insert(id, bar);
    }
    for (NoticeBar* gone : std::as_const(m_bars))
        drop(gone);
    m_bars = kept;
    setVisible(!m_bars.isEmpty());
}

void NoticeStack::drop(NoticeBar* bar)
{
    if (!bar)
        return;
    // Not deleted at once: this may be running inside a click of the bar itself.
    bar->hide();
    m_layout->removeWidget(bar);
    bar->deleteLater();
}

} // namespace gesso
