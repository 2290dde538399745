// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commandfield.h"

#include "views/theme/themecontroller.h"

#include <QPainter>

namespace gesso {

CommandField::CommandField(const ThemeController& theme, const QString& shortcut, QWidget* parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_shortcut(shortcut)
{
    setObjectName(QStringLiteral("commandField"));
    setText(tr("Search actions, workflows, results"));
    setAccessibleName(text());
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMaximumWidth(360);
    connect(&m_theme, &ThemeController::changed, this, qOverload<>(&QWidget::update));
}

void CommandField::enterEvent(QEnterEvent*)
{
    update();
}

void CommandField::leaveEvent(QEvent*)
{
    update();
}

void CommandField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = m_theme.pixels(MetricToken::Radius);
    painter.setBrush(m_theme.color(underMouse() ? ColorToken::BgFieldHover : ColorToken::BgField));
    painter.setPen(m_theme.color(hasFocus()         ? ColorToken::Accent
                                     : underMouse() ? ColorToken::LineStrong
                                                    : ColorToken::Line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    const QRect inner = rect().adjusted(space::small, 0, -space::small, 0);
    const int icon = m_theme.pixels(MetricToken::Icon);
    m_theme.icon(QStringLiteral("search"), ColorToken::TextFaint)
        .paint(&painter, QRect(inner.left(), (height() - icon) / 2, icon, icon));
    painter.setPen(m_theme.color(ColorToken::TextMuted));
    const int shortcutWidth = fontMetrics().horizontalAdvance(m_shortcut);
    const QRect words = inner.adjusted(icon + space::small, 0, -shortcutWidth - space::small, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, m_shortcut);
}

} // namespace gesso
