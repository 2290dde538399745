// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gesso {

class ThemeController;

// One result of the filmstrip: its picture, a ring round the chosen one, a name where there is no picture.
class FilmstripDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    FilmstripDelegate(const ThemeController& theme, QObject* parent);

    static constexpr int side = 80; // of a picture
    static constexpr int gap = 6; // at each side: room for the ring

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
