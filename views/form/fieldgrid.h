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

    void addRow(FieldRow* row);
    const QList<FieldRow*>& rows() const { return m_rows; }
    void setShown(const QList<FieldRow*>& rows); // hides the others

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QGridLayout* m_grid;
    QList<FieldRow*> m_rows;
    bool m_twoColumns = true;
};

} // namespace gesso
