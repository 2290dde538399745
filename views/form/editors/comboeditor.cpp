// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/comboeditor.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/combosearch.h"

#include <QHBoxLayout>

namespace gesso {

namespace {

QString textOf(const Json& choice)
{
    if (choice.is_null())
        return {};
    return choice.is_string() ? toQString(choice) : QString::fromUtf8(writeJson(choice));
}

} // namespace

ComboEditor::ComboEditor(const Field& field, const ThemeController& theme, QWidget* parent)
    : FieldEditor(parent)
    , m_combo(new ComboSearch(theme, this))
    , m_choices(field.choices)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_combo);
    QStringList texts;
    texts.reserve(m_choices.size());
    for (const Json& choice : m_choices)
        texts << textOf(choice);
    m_combo->setChoices(texts);
    connect(m_combo, &ComboSearch::chosen, this, [this](int index) {
        m_value = m_choices.at(index);
        mark();
        Q_EMIT editingFinished();
        Q_EMIT edited(0);
        Q_EMIT editingFinished();
    });
}

Json ComboEditor::value(int) const
{
    return m_value;
}

void ComboEditor::setValue(const Json& value, int)
{
    m_value = value;
    m_combo->setValue(textOf(value));
    mark();
}

void ComboEditor::setReadOnly(bool readOnly)
{
    m_combo->setEnabled(!readOnly);
}

void ComboEditor::setInvalid(bool invalid)
{
    m_invalid = invalid;
    mark();
}

void ComboEditor::mark()
{
    setStyleProperty(m_combo, "invalid", m_invalid || !m_combo->isKnown());
}

QWidget* ComboEditor::focusTarget(int) const
{
    return m_combo;
}

} // namespace gesso
