// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gesso {

class ThemeController;

// A row of the command palette: icon, title, shortcut or kind at the right end.
class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    CommandDelegate(const ThemeController& theme, QObject* parent);

    static constexpr int rowHeight = 30;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
