// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/docktitle.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/iconbutton.h"

#include <QDockWidget>
#include <QHBoxLayout>

namespace gesso {

DockTitle::DockTitle(QDockWidget& dock, const ThemeController& theme)
    : QWidget(&dock)
    , m_layout(new QHBoxLayout(this))
    , m_title(new ElidedLabel(Qt::ElideRight, this))
{
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_title->setProperty("role", QStringLiteral("title"));
    auto* close =
        new IconButton(theme, QStringLiteral("x"), tr("Close the panel (View menu brings it back)"), this);
    close->setSide(24);
    close->setObjectName(QStringLiteral("closePanel"));
    close->setAccessibleName(tr("Close the panel %1").arg(dock.windowTitle()));
    connect(close, &QAbstractButton::clicked, &dock, &QWidget::close);

    m_layout->setContentsMargins(space::panel, space::tight, space::small, space::tight);
    m_layout->setSpacing(space::tight);
    m_layout->addWidget(m_title, 1);
    m_layout->addWidget(close);
    setTitle(dock.windowTitle());
}

void DockTitle::setTitle(const QString& title)
{
    m_title->setText(title);
}

void DockTitle::setLeading(QWidget* widget)
{
    m_title->hide();
    m_layout->insertWidget(0, widget);
    m_layout->insertStretch(1, 1);
}

void DockTitle::addTrailing(QWidget* widget)
{
    m_layout->insertWidget(m_layout->count() - 1, widget);
}

} // namespace gesso
