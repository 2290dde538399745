// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/section.h"

#include "views/theme/theme.h"
#include "views/widgets/sectionheader.h"

#include <QVBoxLayout>

namespace gesso {

Section::Section(const ThemeController& theme, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_header(new SectionHeader(theme, title, this))
    , m_body(new QWidget(this))
    , m_content(new QVBoxLayout(m_body))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tight);
    column->addWidget(m_header);
    column->addWidget(m_body);
    m_content->setContentsMargins(0, 0, 0, space::small);
    m_content->setSpacing(space::small);
    m_body->hide();
    connect(m_header, &SectionHeader::openRequested, this, &Section::setOpen);
}

QString Section::title() const
{
    return m_header->accessibleName();
}

void Section::setCount(const QString& count)
{
    m_header->setCount(count);
}

QWidget* Section::header() const
{
    return m_header;
}

void Section::setOpen(bool open)
{
    if (open)
        Q_EMIT contentWanted();
    if (open == m_open)
        return;
    m_open = open;
    m_header->setOpen(open);
    m_body->setVisible(open);
}

} // namespace gesso
