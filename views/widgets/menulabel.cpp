// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/menulabel.h"

#include "views/theme/themecontroller.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace gesso {

namespace {

constexpr int chevron = 12;

} // namespace

MenuLabel::MenuLabel(const ThemeController& theme, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

// As tall as a small label, so that it does not push the field below down.
QSize MenuLabel::sizeHint() const
{
    const QFontMetrics metrics(m_theme.theme().font(MetricToken::FontSmall));
    return {metrics.horizontalAdvance(text()) + space::hair + chevron + space::tight, metrics.height()};
}

bool MenuLabel::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void MenuLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ColorToken color = underMouse() || hasFocus() ? ColorToken::Text : ColorToken::TextMuted;
    const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };
    painter.setFont(m_theme.theme().font(MetricToken::FontSmall));
    painter.setPen(m_theme.color(isEnabled() ? color : ColorToken::TextFaint));
    const QRect textRect(space::hair, 0, width() - chevron - space::tight, height());
    painter.drawText(mirrored(textRect),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                     text());
    const QRect chevronRect(width() - chevron - 1, (height() - chevron) / 2, chevron, chevron);
    m_theme.icon(QStringLiteral("chevron-down"), color).paint(&painter, mirrored(chevronRect));
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(ColorToken::Accent));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

} // namespace gesso
