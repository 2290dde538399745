// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/widgets/section.h"

#include <functional>
#include <optional>

namespace gesso {

class FieldGrid;
class FieldRow;

// One group of the form. Its rows are made when it is opened, a few at a time, so that neither a form of
// hundreds of fields nor a node with many inputs holds up the window.
class FormSection : public Section
{
    Q_OBJECT

public:
    using RowMaker = std::function<FieldRow*(const QList<qsizetype>& fields, QWidget* parent)>;

    FormSection(const ThemeController& theme, const Form& form, const FieldGroup& group, RowMaker makeRow,
                QWidget* parent = nullptr);

    QString key() const { return m_key; } // the same after a rebuild of the form
    bool holds(qsizetype field) const;
    FieldRow* rowOf(qsizetype field); // makes it if need be
    FieldRow* madeRowOf(qsizetype field) const; // nullptr if not made yet
    QList<FieldRow*> madeRows() const;
    bool isComplete() const { return m_made == m_plan.size(); }

    // Shows just these fields and opens; an empty optional ends filtering and folds as before.
    void setFilter(const std::optional<QList<qsizetype>>& fields);

Q_SIGNALS:
    void rowsMade();

private:
    void makeSomeRows();
    void makeRowsUpTo(qsizetype plan);
    void makeNext();
    void showFiltered();
    bool passes(const FieldRow& row) const; // the filter

    QString m_key;
    RowMaker m_makeRow;
    QList<QList<qsizetype>> m_plan; // the fields of each row
    QList<FieldRow*> m_rows;
    qsizetype m_made = 0;
    FieldGrid* m_grid;
    std::optional<QList<qsizetype>> m_filter;
    bool m_openBeforeFilter = false;
};

} // namespace gesso
