// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/dockhandle.h"

#include "views/theme/themecontroller.h"

#include <QDockWidget>
#include <QPainter>

namespace gesso {

DockHandle::DockHandle(QDockWidget& dock, const ThemeController& theme)
    : QWidget(&dock)
    , m_theme(theme)
{
    setCursor(Qt::OpenHandCursor);
    setToolTip(tr("Drag to move the panel"));
    connect(&m_theme, &ThemeController::changed, this, qOverload<>(&QWidget::update));
}

void DockHandle::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(ColorToken::BgPanel));
    const int side = m_theme.pixels(MetricToken::Icon);
    QRect icon(0, 0, side, side);
    icon.moveCenter(rect().center() + QPoint(1, 0));
    m_theme.icon(QStringLiteral("grip-vertical"), ColorToken::TextFaint).paint(&painter, icon);
}

} // namespace gesso
