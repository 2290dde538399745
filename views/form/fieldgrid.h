// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;

namespace gesso {

class FieldRow;

// Stacks rows; short ones that follow each other share a line where there is width for it.
class FieldGrid : public QWidget
{
    Q_OBJECT

public:
    explicit FieldGrid(QWidget* parent = nullptr);

    void addRow(FieldRow* row, bool shown);
    const QList<FieldRow*>& rows() const { return m_rows; }
    void setShown(const QList<FieldRow*>& rows); // hides the others

    void arrange(); // again, after a row's width wish changed

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QGridLayout* m_grid;
    QList<FieldRow*> m_rows;
    QList<FieldRow*> m_shown; // those the filter lets through, in order
    bool m_twoColumns = true;
};

} // namespace gesso
