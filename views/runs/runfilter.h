// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>

namespace gesso {

// The runs still under way, in the order they are worked off, or those that ended, the last one first.
class RunFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { Active, Ended };

    explicit RunFilter(QObject* parent = nullptr);

    void setShow(Show show);
    Show shown() const { return m_show; }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    Show m_show = Show::Active;
};

} // namespace gesso
