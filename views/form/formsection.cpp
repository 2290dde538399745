// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/formsection.h"

#include "views/form/fieldgrid.h"
#include "views/form/fieldrow.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace gesso {

namespace {

// A width followed by the height of the same node is one row.
bool isSizePair(const Field& first, const Field& second)
{
    const auto is = [](const Field& field, FieldRole role, QLatin1String input) {
        return field.kind == FieldKind::Integer && !field.linked && field.value.is_number()
            && (field.role == role || field.ref.input == input);
    };
    return first.ref.node == second.ref.node && is(first, FieldRole::Width, QLatin1String("width"))
        && is(second, FieldRole::Height, QLatin1String("height"));
}

QList<QList<qsizetype>> planRows(const Form& form, const FieldGroup& group)
{
    QList<QList<qsizetype>> plan;
    for (qsizetype i = 0; i < group.fields.size(); ++i) {
        const qsizetype field = group.fields[i];
        if (i + 1 < group.fields.size() && isSizePair(form.fields[field], form.fields[group.fields[i + 1]]))
            plan << QList<qsizetype>{field, group.fields[++i]};
        else
            plan << QList<qsizetype>{field};
    }
    return plan;
}

} // namespace

FormSection::FormSection(const ThemeController& theme, const Form& form, const FieldGroup& group,
                         RowMaker makeRow, QWidget* parent)
    : Section(theme, group.title, parent)
    , m_key(group.essential ? QStringLiteral("essentials") : group.node.toString() + u'/' + group.title)
    , m_makeRow(std::move(makeRow))
    , m_plan(planRows(form, group))
    , m_grid(new FieldGrid(this))
{
    content()->addWidget(m_grid);
    setCount(group.essential ? QString() : QString::number(group.fields.size()));
    connect(this, &Section::contentWanted, this, &FormSection::makeSomeRows);
}

bool FormSection::holds(qsizetype field) const
{
    return std::any_of(m_plan.begin(), m_plan.end(),
                       [field](const auto& fields) { return fields.contains(field); });
}

FieldRow* FormSection::madeRowOf(qsizetype field) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [field](const FieldRow* row) { return row->fields().contains(field); });
    return found == m_rows.end() ? nullptr : *found;
}

FieldRow* FormSection::rowOf(qsizetype field)
{
    for (qsizetype row = 0; row < m_plan.size(); ++row) {
        if (m_plan[row].contains(field)) {
            makeRowsUpTo(row);
            return madeRowOf(field);
        }
    }
    return nullptr;
}

QList<FieldRow*> FormSection::madeRows() const
{
    return m_rows;
}

void FormSection::makeNext()
{
    FieldRow* row = m_makeRow(m_plan[m_made++], m_grid);
    m_rows << row;
    connect(row, &FieldRow::widthChanged, m_grid, &FieldGrid::arrange);
    m_grid->addRow(row, passes(*row));
}

bool FormSection::passes(const FieldRow& row) const
{
    return !m_filter || std::any_of(row.fields().begin(), row.fields().end(), [this](qsizetype field) {
        return m_filter->contains(field);
    });
}

void FormSection::makeRowsUpTo(qsizetype plan)
{
    if (m_made > plan)
        return;
    while (m_made <= plan)
        makeNext();
    Q_EMIT rowsMade();
}

void FormSection::makeSomeRows()
{
    if (isComplete())
        return;
    constexpr int budgetMs = 4;
    QElapsedTimer timer;
    timer.start();
    do {
        makeNext();
    } while (!isComplete() && timer.elapsed() < budgetMs);
    Q_EMIT rowsMade();
    if (!isComplete())
        QTimer::singleShot(0, this, [this] {
            if (isOpen())
                makeSomeRows();
        });
}

void FormSection::setFilter(const std::optional<QList<qsizetype>>& fields)
{
    if (!m_filter && fields)
        m_openBeforeFilter = isOpen();
    const bool ends = m_filter && !fields;
    m_filter = fields;
    setVisible(!m_filter || !m_filter->isEmpty());
    if (m_filter && !m_filter->isEmpty())
        setOpen(true);
    showFiltered();
    if (ends)
        setOpen(m_openBeforeFilter);
}

void FormSection::showFiltered()
{
    QList<FieldRow*> shown;
    for (FieldRow* row : std::as_const(m_rows)) {
        if (passes(*row))
            shown << row;
    }
    m_grid->setShown(shown);
}

} // namespace gesso
