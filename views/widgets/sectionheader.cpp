// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/sectionheader.h"

#include "views/theme/themecontroller.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace gesso {

SectionHeader::SectionHeader(const ThemeController& theme, const QString& title, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_title(title)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    describe();
    connect(this, &QAbstractButton::clicked, this, [this] { Q_EMIT openRequested(!m_open); });
}

void SectionHeader::setCount(const QString& count)
{
    m_count = count;
    describe();
    update();
}

void SectionHeader::setOpen(bool open)
{
    m_open = open;
    describe();
    update();
}

void SectionHeader::describe()
{
    setAccessibleName(m_title);
    const QString state = m_open ? tr("open") : tr("folded");
    setAccessibleDescription(m_count.isEmpty() ? state : tr("%1 fields, %2").arg(m_count, state));
}

QSize SectionHeader::sizeHint() const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return {QFontMetrics(bold).horizontalAdvance(m_title) + 64, m_theme.pixels(MetricToken::FieldHeight)};
}

QSize SectionHeader::minimumSizeHint() const
{
    return {80, m_theme.pixels(MetricToken::FieldHeight)};
}

bool SectionHeader::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void SectionHeader::keyPressEvent(QKeyEvent* event)
{
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // Ctrl+Enter generates: it belongs to the window.
        if (event->modifiers() & Qt::ControlModifier)
            event->ignore();
        else
            click();
        break;
    case Qt::Key_Right:
        Q_EMIT openRequested(!rtl);
        break;
    case Qt::Key_Left:
        Q_EMIT openRequested(rtl);
        break;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void SectionHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int icon = m_theme.pixels(MetricToken::Icon);
    const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };
    const QColor text = m_theme.color(m_open || underMouse() ? ColorToken::Text : ColorToken::TextMuted);
    const QString chevron = m_open             ? QStringLiteral("chevron-down")
        : layoutDirection() == Qt::RightToLeft ? QStringLiteral("chevron-left")
                                               : QStringLiteral("chevron-right");
    // The chevron's own side bearing is 4: pulled out so that the title aligns near the labels below.
    const QRect chevronRect(-space::hair, (height() - icon) / 2, icon, icon);
    m_theme.icon(chevron, m_open || underMouse() ? ColorToken::Text : ColorToken::TextMuted)
        .paint(&painter, mirrored(chevronRect));

    painter.setPen(m_theme.color(ColorToken::TextFaint));
    const int countWidth = m_count.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_count) + space::small;
    painter.drawText(mirrored(QRect(width() - countWidth, 0, countWidth, height())),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter)),
                     m_count);

    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(text);
    const int left = icon + space::hair;
    const QRect titleRect(left, 0, width() - left - countWidth, height());
    painter.drawText(mirrored(titleRect),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                     QFontMetrics(bold).elidedText(m_title, Qt::ElideRight, titleRect.width()));
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(ColorToken::Accent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

} // namespace gesso
