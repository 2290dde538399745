// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/segmentedtabs.h"

#include "views/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

namespace gesso {

SegmentedTabs::SegmentedTabs(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_row(new QHBoxLayout(this))
{
    setAccessibleName(accessibleName);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::tight);
    m_row->addStretch();
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        m_group->button(id)->setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus);
        if (checked)
            Q_EMIT currentChanged(id);
    });
}

int SegmentedTabs::addTab(const QString& text)
{
    const int index = count();
    auto* button = new QToolButton(this);
    button->setProperty("role", QStringLiteral("segment"));
    button->setCheckable(true);
    // Only the tab in force is a stop for Tab; the arrow keys reach the others.
    button->setFocusPolicy(Qt::ClickFocus);
    button->installEventFilter(this);
    m_group->addButton(button, index);
    m_row->insertWidget(index, button);
    setText(index, text);
    if (index == 0)
        button->setChecked(true);
    return index;
}

void SegmentedTabs::setText(int index, const QString& text)
{
    QAbstractButton* button = m_group->button(index);
    // An ampersand would be read as a mnemonic.
    button->setText(QString(text).replace(QLatin1Char('&'), QLatin1String("&&")));
    button->setAccessibleName(text);
}

int SegmentedTabs::count() const
{
    return int(m_group->buttons().size());
}

int SegmentedTabs::current() const
{
    return m_group->checkedId();
}

void SegmentedTabs::setCurrent(int index)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

bool SegmentedTabs::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int forward = layoutDirection() == Qt::RightToLeft ? Qt::Key_Left : Qt::Key_Right;
    const int back = forward == Qt::Key_Right ? Qt::Key_Left : Qt::Key_Right;
    if (key != forward && key != back)
        return QWidget::eventFilter(watched, event);
    const int next = (current() + (key == forward ? 1 : count() - 1)) % count();
    setCurrent(next);
    m_group->button(next)->setFocus(Qt::TabFocusReason);
    return true;
}

} // namespace gesso
