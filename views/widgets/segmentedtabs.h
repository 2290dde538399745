// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace gesso {

// A row of exclusive choices, one of them in force: Recent · Folders · Server. Arrow keys move the choice,
// Tab leaves the row.
class SegmentedTabs : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedTabs(const QString& accessibleName, QWidget* parent = nullptr);

    int addTab(const QString& text); // returns its index
    void setText(int index, const QString& text);
    int count() const;
    int current() const;
    void setCurrent(int index);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QButtonGroup* m_group;
    QHBoxLayout* m_row;
};

} // namespace gesso
