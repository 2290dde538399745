// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/multilinetexteditor.h"

#include "views/form/editors/promptedit.h"
#include "views/form/prompthighlighter.h"
#include "views/form/promptweight.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace gesso {

MultilineTextEditor::MultilineTextEditor(const Field& field, const ThemeController& theme, QWidget* parent)
    : FieldEditor(parent)
    , m_edit(new PromptEdit(this))
    , m_count(new QLabel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_edit);
    m_edit->setPlaceholderText(field.placeholder);
    m_edit->setWeightKeys(true);
    const bool main = field.role == FieldRole::PositivePrompt;
    m_edit->setLines(main ? 4 : 2, 14);
    m_count->setTextFormat(Qt::PlainText);
    m_count->setProperty("role", QStringLiteral("small"));
    new PromptHighlighter(theme, m_edit->document());
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        countWords();
        // Colouring also tells a change of the document's contents.
        if (!m_loading)
            Q_EMIT edited(0);
    });
    connect(m_edit, &PromptEdit::focusLeft, this, &FieldEditor::editingFinished);
    countWords();
}

Json MultilineTextEditor::value(int) const
{
    return toJson(m_edit->toPlainText());
}

void MultilineTextEditor::setValue(const Json& value, int)
{
    const QScopedValueRollback loading(m_loading, true);
    m_edit->setWholeText(toQString(value));
}

void MultilineTextEditor::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

QWidget* MultilineTextEditor::focusTarget(int) const
{
    return m_edit;
}

QWidget* MultilineTextEditor::trailing() const
{
    return m_count;
}

void MultilineTextEditor::countWords()
{
    const int words = wordCount(m_edit->toPlainText());
    m_count->setText(words == 0 ? QString() : words == 1 ? tr("1 word") : tr("%1 words").arg(words));
}

} // namespace gesso
