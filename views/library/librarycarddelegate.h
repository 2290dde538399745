// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gesso {

class ThemeController;

// One workflow as a card: picture, title, and what it is or lacks.
class LibraryCardDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    LibraryCardDelegate(const ThemeController& theme, QObject* parent);

    // Of one card; set by the view so that two fill its width.
    void setCardWidth(int width) { m_width = width; }
    int cardHeight() const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    int pictureHeight() const;

    const ThemeController& m_theme;
    int m_width = 116;
};

} // namespace gesso
