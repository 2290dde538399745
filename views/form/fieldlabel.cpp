// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldlabel.h"

#include "views/theme/themecontroller.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace gesso {

namespace {

constexpr int dot = 6;

} // namespace

FieldLabel::FieldLabel(const ThemeController& theme, const QString& text, QWidget* parent)
    : ElidedLabel(text, Qt::ElideRight, parent)
    , m_theme(theme)
{
    setProperty("role", QStringLiteral("small"));
}

void FieldLabel::setChanged(bool changed)
{
    if (changed == m_changed)
        return;
    m_changed = changed;
    const int room = changed ? dot + space::tight + space::hair : 0;
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    setContentsMargins(rtl ? 0 : room, 0, rtl ? room : 0, 0);
    update();
}

void FieldLabel::paintEvent(QPaintEvent* event)
{
    ElidedLabel::paintEvent(event);
    if (!m_changed)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(ColorToken::Accent));
    painter.drawEllipse(
        QStyle::visualRect(layoutDirection(), rect(), QRect(0, (height() - dot + 1) / 2, dot, dot)));
}

void FieldLabel::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_changed)
        Q_EMIT resetRequested();
}

} // namespace gesso
