// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/library/librarycarddelegate.h"

#include "viewmodels/library/librarymodel.h"
#include "views/runs/thumbnailpainter.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"

#include <QAbstractItemView>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace gesso {

namespace {
constexpr int side = space::tight; // free at each side of a card: together the gap between two
constexpr int above = space::tight;
constexpr int below = space::small;
} // namespace

LibraryCardDelegate::LibraryCardDelegate(const ThemeController& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int LibraryCardDelegate::pictureHeight() const
{
    return (m_width - 2 * side) * 3 / 4;
}

int LibraryCardDelegate::cardHeight() const
{
    const int title = QFontMetrics(m_theme.theme().font()).height();
    const int subtitle = QFontMetrics(m_theme.theme().font(MetricToken::FontSmall)).height();
    return above + pictureHeight() + space::tight + title + subtitle + below;
}

void LibraryCardDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const
{
    painter->save();
    ThumbnailLook look;
    look.rect = QRect(option.rect.left() + side, option.rect.top() + above, option.rect.width() - 2 * side,
                      pictureHeight());
    look.ring = option.state.testFlag(QStyle::State_Selected);
    look.hovered = option.state.testFlag(QStyle::State_MouseOver);
    paintThumbnail(*painter, m_theme, index.data(LibraryModel::ThumbnailRole).value<QImage>(), look);

    int y = look.rect.bottom() + 1 + space::tight;
    const auto write = [&](const QFont& font, ColorToken color, const QString& text) {
        painter->setFont(font);
        painter->setPen(m_theme.color(color));
        const QFontMetrics metrics = painter->fontMetrics();
        const QRect line(look.rect.left(), y, look.rect.width(), metrics.height());
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(text, Qt::ElideRight, line.width()));
        y += metrics.height();
    };
    QFont title = m_theme.theme().font();
    title.setWeight(QFont::Medium);
    write(title, ColorToken::Text, index.data(LibraryModel::TitleRole).toString());
    const bool warns = index.data(LibraryModel::ToneRole).toString() == QLatin1String("warn");
    write(m_theme.theme().font(MetricToken::FontSmall), warns ? ColorToken::Warn : ColorToken::TextMuted,
          index.data(LibraryModel::SubtitleRole).toString());
    painter->restore();
}

QSize LibraryCardDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {m_width, cardHeight()};
}

bool LibraryCardDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem&,
                                    const QModelIndex& index)
{
    QStringList lines{index.data(LibraryModel::TitleRole).toString(),
                      index.data(LibraryModel::SubtitleRole).toString(),
                      index.data(LibraryModel::NeedsRole).toString()};
    lines.removeAll(QString());
    QToolTip::showText(event->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), view);
    return true;
}

} // namespace gesso
