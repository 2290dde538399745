// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldgrid.h"

#include "views/form/fieldrow.h"
#include "views/theme/theme.h"

#include <QGridLayout>
#include <QResizeEvent>

namespace gesso {

namespace {

constexpr int narrowest = 300; // for two columns

} // namespace

FieldGrid::FieldGrid(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::small);
    m_grid->setVerticalSpacing(space::small);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    // Both the same width, whatever stands in them.
    m_grid->setColumnMinimumWidth(0, 1);
    m_grid->setColumnMinimumWidth(1, 1);
}

void FieldGrid::addRow(FieldRow* row, bool shown)
{
    m_rows.append(row);
    if (shown)
        m_shown.append(row);
    // Told outright: a child made under a visible parent starts hidden.
    row->setVisible(shown);
    arrange();
}

void FieldGrid::setShown(const QList<FieldRow*>& rows)
{
    m_shown = rows;
    for (FieldRow* row : std::as_const(m_rows))
        row->setVisible(rows.contains(row));
    arrange();
}

void FieldGrid::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool two = event->size().width() >= narrowest;
    if (two == m_twoColumns)
        return;
    m_twoColumns = two;
    arrange();
}

void FieldGrid::arrange()
{
    for (FieldRow* row : std::as_const(m_rows))
        m_grid->removeWidget(row);
    const QList<FieldRow*>& shown = m_shown;
    int line = 0;
    for (qsizetype i = 0; i < shown.size(); ++i, ++line) {
        // A size stands beside its seed or alone: else a longer seed would break up every pair after it.
        const bool opensPair = shown[i]->isHalf() && shown[i]->fields().size() == 1;
        const bool paired = m_twoColumns && i + 1 < shown.size() && opensPair && shown[i + 1]->isHalf();
        m_grid->addWidget(shown[i], line, 0, 1, paired ? 1 : 2, Qt::AlignTop);
        if (paired)
            m_grid->addWidget(shown[++i], line, 1, 1, 1, Qt::AlignTop);
    }
}

} // namespace gesso
