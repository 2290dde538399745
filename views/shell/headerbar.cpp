// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/headerbar.h"

#include "views/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenuBar>

namespace gesso {

HeaderBar::HeaderBar(QWidget* commandField, QWidget* serverBadge, QWidget* parent)
    : QWidget(parent)
    , m_menuBar(new QMenuBar(this))
{
    setObjectName(QStringLiteral("header"));
    setProperty("role", QStringLiteral("bar"));
    setAttribute(Qt::WA_StyledBackground);
    m_menuBar->setNativeMenuBar(false); // it shares its line
    // Its menus first: the command field gives way before one of them is hidden.
    m_menuBar->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    auto* name = new QLabel(QStringLiteral("Gesso"), this);
    name->setTextFormat(Qt::PlainText);
    name->setProperty("role", QStringLiteral("heading"));

    auto* left = new QHBoxLayout;
    left->setSpacing(space::small);
    left->addWidget(name);
    left->addWidget(m_menuBar, 1);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(space::panel, space::tight + space::hair, space::panel,
                               space::tight + space::hair);
    layout->setHorizontalSpacing(space::panel);
    layout->addLayout(left, 0, 0);
    layout->addWidget(commandField, 0, 1);
    layout->addWidget(serverBadge, 0, 2, Qt::AlignRight | Qt::AlignVCenter);
    // Equal outer columns keep the field in the window's middle.
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(2, 1);
}

} // namespace gesso
