// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runrowdelegate.h"

#include "viewmodels/runs/runlistmodel.h"
#include "views/runs/thumbnailpainter.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace gesso {

namespace {

struct Columns {
    QRect picture;
    QRect title;
    QRect detail;
    QRect chip;
    QRect time;
    QRect cancel;
};

Columns columnsIn(const QRect& row)
{
    constexpr int picture = 24;
    constexpr int button = 24;
    const bool narrow = row.width() < 600;
    const int chip = narrow ? 72 : 96;
    const int time = narrow ? 56 : 120;
    const QRect inner = row.adjusted(space::panel, 0, -space::small, 0);
    const int flexible = qMax(0, inner.width() - picture - chip - time - button - 5 * space::panel);
    const int title = flexible * 2 / 5;
    Columns columns;
    int x = inner.left();
    const auto take = [&](int width, int height) {
        const QRect rect(x, row.top() + (row.height() - height) / 2, width, height);
        x += width + space::panel;
        return rect;
    };
    columns.picture = take(picture, picture);
    columns.title = take(title, row.height());
    columns.detail = take(flexible - title, row.height());
    columns.chip = take(chip, row.height());
    columns.time = take(time, row.height());
    columns.cancel = take(button, button);
    return columns;
}

struct ChipLook {
    ColorToken text;
    ColorToken background;
};

ChipLook chipLook(const QString& tone)
{
    if (tone == QLatin1String("accent"))
        return {ColorToken::Accent, ColorToken::AccentSoft};
    if (tone == QLatin1String("good"))
        return {ColorToken::Good, ColorToken::BgRaised};
    if (tone == QLatin1String("warn"))
        return {ColorToken::Warn, ColorToken::BgRaised};
    if (tone == QLatin1String("bad"))
        return {ColorToken::Bad, ColorToken::BadSoft};
    return {ColorToken::TextMuted, ColorToken::BgRaised};
}

} // namespace

RunRowDelegate::RunRowDelegate(const ThemeController& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QString RunRowDelegate::secondText(const QModelIndex& index) const
{
    const QString message = index.data(RunListModel::MessageRole).toString();
    return message.isEmpty() ? index.data(RunListModel::DetailRole).toString() : message.simplified();
}

void RunRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (selected)
        painter->fillRect(option.rect, m_theme.color(ColorToken::AccentSoft));
    else if (hovered)
        painter->fillRect(option.rect, m_theme.color(ColorToken::BgFieldHover));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(ColorToken::Line));

    const Columns columns = columnsIn(option.rect);
    ThumbnailLook look;
    look.rect = columns.picture;
    paintThumbnail(*painter, m_theme, index.data(RunListModel::ThumbnailRole).value<QImage>(), look);

    const auto write = [&](const QRect& column, const QString& text, ColorToken color) {
        painter->setPen(m_theme.color(color));
        painter->drawText(column, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, column.width()));
    };
    painter->setFont(option.font);
    const bool failed = index.data(RunListModel::ToneRole).toString() == QLatin1String("bad");
    write(columns.title, index.data(RunListModel::TitleRole).toString(), ColorToken::Text);
    write(columns.detail, secondText(index), failed ? ColorToken::Bad : ColorToken::TextMuted);
    write(columns.time, index.data(RunListModel::TimeRole).toString(), ColorToken::TextMuted);
    paintChip(*painter, columns.chip, index);
    if (index.data(RunListModel::CanCancelRole).toBool()) {
        const ColorToken color = selected || hovered ? ColorToken::Text : ColorToken::TextMuted;
        m_theme.icon(QStringLiteral("x"), color).paint(painter, columns.cancel.adjusted(4, 4, -4, -4));
    } else if (index.data(RunListModel::CanRunAgainRole).toBool()) {
        m_theme.icon(QStringLiteral("rotate-ccw"), ColorToken::Accent)
            .paint(painter, columns.cancel.adjusted(4, 4, -4, -4));
    }
    painter->restore();
}

void RunRowDelegate::paintChip(QPainter& painter, const QRect& column, const QModelIndex& index) const
{
    const QString text = index.data(RunListModel::StateRole).toString();
    if (text.isEmpty())
        return;
    painter.save();
    const ChipLook look = chipLook(index.data(RunListModel::ToneRole).toString());
    painter.setFont(m_theme.theme().font(MetricToken::FontSmall));
    const QFontMetrics metrics = painter.fontMetrics();
    QRectF chip(0, 0, qMin(column.width(), metrics.horizontalAdvance(text) + 2 * space::small),
                metrics.height() + space::hair);
    chip.moveTopLeft(QPointF(column.left(), column.center().y() - chip.height() / 2 + 0.5));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(look.background));
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2);
    painter.setPen(m_theme.color(look.text));
    painter.drawText(chip, Qt::AlignCenter, text);
    painter.restore();
}

QSize RunRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {360, rowHeight};
}

bool RunRowDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                 const QModelIndex& index)
{
    const bool canCancel = index.data(RunListModel::CanCancelRole).toBool();
    const bool canRunAgain = index.data(RunListModel::CanRunAgainRole).toBool();
    if (event->type() == QEvent::MouseButtonRelease && (canCancel || canRunAgain)) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton
            && columnsIn(option.rect).cancel.contains(mouse->position().toPoint())) {
            if (canCancel)
                Q_EMIT cancelRequested(index);
            else
                Q_EMIT runAgainRequested(index);
            return true;
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

bool RunRowDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                               const QModelIndex& index)
{
    const Columns columns = columnsIn(option.rect);
    QString help;
    if (columns.cancel.contains(event->pos()) && index.data(RunListModel::CanCancelRole).toBool())
        help = tr("Cancel this run");
    else if (columns.cancel.contains(event->pos()) && index.data(RunListModel::CanRunAgainRole).toBool())
        help = tr("Run again (R)");
    else if (columns.title.contains(event->pos()))
        help = index.data(RunListModel::TitleRole).toString();
    else if (columns.detail.contains(event->pos()))
        help = secondText(index);
    QToolTip::showText(event->globalPos(), plainToolTip(help), view);
    return true;
}

} // namespace gesso
