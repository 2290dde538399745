// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runfilter.h"

#include "viewmodels/runs/runlistmodel.h"

namespace gesso {

RunFilter::RunFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    setFilterRole(RunListModel::PhaseRole);
}

void RunFilter::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

bool RunFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto phase = static_cast<RunPhase>(index.data(RunListModel::PhaseRole).toInt());
    return isEnded(phase) == (m_show == Show::Ended);
}

} // namespace gesso
