// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editors/rawjsoneditor.h"

#include "views/form/editors/promptedit.h"

#include <QFontDatabase>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace gesso {

RawJsonEditor::RawJsonEditor(QWidget* parent)
    : FieldEditor(parent)
    , m_edit(new PromptEdit(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_edit);
    m_edit->setLines(1, 8);
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPointSizeF(font().pointSizeF());
    m_edit->setFont(mono);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &RawJsonEditor::onTextChanged);
    connect(m_edit, &PromptEdit::focusLeft, this, &FieldEditor::editingFinished);
}

Json RawJsonEditor::value(int) const
{
    return m_value;
}

void RawJsonEditor::setValue(const Json& value, int)
{
    // The text being typed may mean this value already, spaced differently.
    const Result<Json> typed = parseJson(m_edit->toPlainText().toUtf8());
    m_value = value;
    if (typed && *typed == value)
        return;
    const QScopedValueRollback loading(m_loading, true);
    m_edit->setWholeText(QString::fromUtf8(writeJson(value)));
    Q_EMIT problemChanged(QString());
}

void RawJsonEditor::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
}

QWidget* RawJsonEditor::focusTarget(int) const
{
    return m_edit;
}

void RawJsonEditor::onTextChanged()
{
    if (m_loading)
        return;
    constexpr qsizetype largest = 1024 * 1024;
    const Result<Json> typed = parseJson(m_edit->toPlainText().toUtf8(), {.maxBytes = largest});
    Q_EMIT problemChanged(typed ? QString() : tr("Not a value yet. %1").arg(typed.error().message));
    if (!typed || *typed == m_value)
        return;
    m_value = *typed;
    Q_EMIT edited(0);
}

} // namespace gesso
