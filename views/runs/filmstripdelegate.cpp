// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/filmstripdelegate.h"

#include "viewmodels/runs/resultmodel.h"
#include "views/runs/thumbnailpainter.h"
#include "views/theme/themecontroller.h"

#include <QPainter>

namespace gesso {

FilmstripDelegate::FilmstripDelegate(const ThemeController& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void FilmstripDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const
{
    ThumbnailLook look;
    look.rect = option.rect.adjusted(gap, gap, -gap, -gap);
    look.ring = option.state.testFlag(QStyle::State_Selected);
    look.focus = option.state.testFlag(QStyle::State_KeyboardFocusChange)
        && option.state.testFlag(QStyle::State_HasFocus);
    look.hovered = option.state.testFlag(QStyle::State_MouseOver);
    paintThumbnail(*painter, m_theme, index.data(ResultModel::ThumbnailRole).value<QImage>(), look);
    if (index.data(ResultModel::IsPictureRole).toBool())
        return;
    painter->save();
    painter->setFont(m_theme.theme().font(MetricToken::FontSmall));
    painter->setPen(m_theme.color(ColorToken::TextMuted));
    const QRect line = look.rect.adjusted(4, 0, -4, -4);
    painter->drawText(line, Qt::AlignHCenter | Qt::AlignBottom,
                      painter->fontMetrics().elidedText(index.data(ResultModel::TitleRole).toString(),
                                                        Qt::ElideMiddle, line.width()));
    painter->restore();
}

QSize FilmstripDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {side + 2 * gap, side + 2 * gap};
}

} // namespace gesso
