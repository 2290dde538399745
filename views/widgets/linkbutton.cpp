// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/linkbutton.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/showntext.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace gesso {

LinkButton::LinkButton(const ThemeController& theme, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(m_theme.theme().font(MetricToken::FontSmall));
    return {metrics.horizontalAdvance(shownText(text(), longestLine)) + 2, metrics.height() + 2};
}

QSize LinkButton::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), 60), sizeHint().height()};
}

bool LinkButton::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    if (event->type() == QEvent::ToolTip) {
        const bool elided = width() < sizeHint().width();
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                           elided ? plainToolTip(text()) : QString(), this);
        return true;
    }
    return QAbstractButton::event(event);
}

void LinkButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont font = m_theme.theme().font(MetricToken::FontSmall);
    font.setUnderline(underMouse() || isDown());
    painter.setFont(font);
    painter.setPen(m_theme.color(isEnabled() ? ColorToken::Accent : ColorToken::TextFaint));
    const QRect room = rect().adjusted(1, 0, -1, 0);
    painter.drawText(
        room, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
        QFontMetrics(font).elidedText(shownText(text(), longestLine), Qt::ElideMiddle, room.width()));
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

} // namespace gesso
