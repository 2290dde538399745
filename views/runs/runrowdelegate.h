// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gesso {

class ThemeController;

// One run as a row: picture, title, what differs, state as a chip, time, and a cross to cancel it. The
// columns stand at the same place in every row.
class RunRowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    RunRowDelegate(const ThemeController& theme, QObject* parent);

    static constexpr int rowHeight = 32;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

Q_SIGNALS:
    void cancelRequested(const QModelIndex& index);
    void runAgainRequested(const QModelIndex& index);

private:
    void paintChip(QPainter& painter, const QRect& column, const QModelIndex& index) const;
    QString secondText(const QModelIndex& index) const; // what differs, or why it failed

    const ThemeController& m_theme;
};

} // namespace gesso
