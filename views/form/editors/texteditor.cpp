// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/texteditor.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace gesso {

TextEditor::TextEditor(const Field& field, QWidget* parent)
    : FieldEditor(parent)
    , m_edit(new QLineEdit(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit);
    m_edit->setMaxLength(1'000'000);
    m_edit->setPlaceholderText(field.placeholder);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { Q_EMIT edited(0); });
    connect(m_edit, &QLineEdit::editingFinished, this, &FieldEditor::editingFinished);
}

Json TextEditor::value(int) const
{
    return toJson(m_edit->text());
}

void TextEditor::setValue(const Json& value, int)
{
    const QString text = toQString(value);
    if (text == m_edit->text())
        return;
    m_edit->setText(text);
    if (!m_edit->hasFocus())
        m_edit->setCursorPosition(0);
}

void TextEditor::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

QWidget* TextEditor::focusTarget(int) const
{
    return m_edit;
}

} // namespace gesso
