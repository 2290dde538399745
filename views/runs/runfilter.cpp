// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runfilter.h"

#include "viewmodels/runs/runlistmodel.h"

namespace gesso {

RunFilter::RunFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    setFilterRole(RunListModel::PhaseRole);
    sort(0);
}

void RunFilter::setShow(Show show)
{
    m_show = show;
    invalidate();
}

bool RunFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    // The list is newest first.
    return m_show == Show::Active ? left.row() > right.row() : left.row() < right.row();
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto phase = static_cast<RunPhase>(index.data(RunListModel::PhaseRole).toInt());
    return isEnded(phase) == (m_show == Show::Ended);
}

} // namespace gesso
