// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/switch.h"

#include "views/theme/themecontroller.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace gesso {

namespace {

constexpr int trackWidth = 32;
constexpr int trackHeight = 18;

} // namespace

Switch::Switch(const ThemeController& theme, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

QSize Switch::sizeHint() const
{
    const int textWidth = text().isEmpty() ? 0 : space::small + fontMetrics().horizontalAdvance(text());
    return {trackWidth + 4 + textWidth, m_theme.pixels(MetricToken::FieldHeight)};
}

bool Switch::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void Switch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };
    const QRectF track = mirrored(QRect(2, (height() - trackHeight) / 2, trackWidth, trackHeight));
    const qreal radius = track.height() / 2;

    ColorToken fill = isChecked() ? ColorToken::Accent : ColorToken::LineStrong;
    if (isChecked() && underMouse())
        fill = ColorToken::AccentHover;
    QColor trackColor = m_theme.color(fill);
    if (!isEnabled())
        trackColor.setAlphaF(0.4F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(trackColor);
    painter.drawRoundedRect(track, radius, radius);

    const bool right = isChecked() != (layoutDirection() == Qt::RightToLeft);
    const qreal knob = track.height() - 6;
    const qreal x = right ? track.right() - knob - 3 : track.left() + 3;
    painter.setBrush(m_theme.color(isChecked() ? ColorToken::AccentText : ColorToken::BgPanel));
    painter.drawEllipse(QRectF(x, track.top() + 3, knob, knob));

    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(m_theme.color(ColorToken::Accent));
        painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), radius + 1.5, radius + 1.5);
    }
    if (!text().isEmpty()) {
        painter.setPen(m_theme.color(isEnabled() ? ColorToken::Text : ColorToken::TextFaint));
        const int left = trackWidth + 4 + space::small;
        painter.drawText(mirrored(QRect(left, 0, width() - left, height())),
                         int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                         fontMetrics().elidedText(text(), Qt::ElideRight, width() - left));
    }
}

} // namespace gesso
