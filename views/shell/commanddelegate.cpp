// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commanddelegate.h"

#include "views/shell/commandlist.h"
#include "views/theme/themecontroller.h"

#include <QPainter>

namespace gesso {

CommandDelegate::CommandDelegate(const ThemeController& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const double radius = m_theme.pixels(MetricToken::Radius);
    if (selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(ColorToken::AccentSoft));
        painter->drawRoundedRect(option.rect, radius, radius);
    }
    const QRect inner = option.rect.adjusted(space::small, 0, -space::small, 0);
    const int side = m_theme.pixels(MetricToken::Icon);
    const QRect icon(inner.left(), inner.top() + (inner.height() - side) / 2, side, side);
    index.data(Qt::DecorationRole).value<QIcon>().paint(painter, icon);

    painter->setFont(option.font);
    const QString hint = index.data(CommandList::HintRole).toString();
    const int hintWidth = painter->fontMetrics().horizontalAdvance(hint);
    painter->setPen(m_theme.color(ColorToken::TextMuted));
    painter->drawText(inner, Qt::AlignRight | Qt::AlignVCenter, hint);
    painter->setPen(m_theme.color(enabled ? ColorToken::Text : ColorToken::TextFaint));
    const QRect title = inner.adjusted(side + space::small, 0, -hintWidth - space::large, 0);
    painter->drawText(
        title, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, title.width()));
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {240, rowHeight};
}

} // namespace gesso
