// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/booleaneditor.h"

#include "views/theme/theme.h"
#include "views/widgets/showntext.h"
#include "views/widgets/switch.h"

#include <QHBoxLayout>
#include <QLabel>

namespace gesso {

BooleanEditor::BooleanEditor(const Field& field, const ThemeController& theme, QWidget* parent)
    : FieldEditor(parent)
    , m_switch(new Switch(theme, this))
    , m_word(new QLabel(this))
    , m_on(field.labelOn)
    , m_off(field.labelOff)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addStretch();
    row->addWidget(m_word);
    row->addWidget(m_switch);
    m_word->setTextFormat(Qt::PlainText);
    m_word->setProperty("role", QStringLiteral("small"));
    connect(m_switch, &QAbstractButton::toggled, this, &BooleanEditor::describe);
    connect(m_switch, &QAbstractButton::clicked, this, [this] {
        Q_EMIT editingFinished();
        Q_EMIT edited(0);
        Q_EMIT editingFinished();
    });
    describe();
}

Json BooleanEditor::value(int) const
{
    return m_switch->isChecked();
}

void BooleanEditor::setValue(const Json& value, int)
{
    m_switch->setChecked(value.is_boolean() && value.get<bool>());
}

void BooleanEditor::setReadOnly(bool readOnly)
{
    m_switch->setEnabled(!readOnly);
}

QWidget* BooleanEditor::focusTarget(int) const
{
    return m_switch;
}

bool BooleanEditor::standsBesideLabel() const
{
    return true;
}

void BooleanEditor::describe()
{
    m_word->setText(shownText(m_switch->isChecked() ? m_on : m_off, longestLine));
}

} // namespace gesso
