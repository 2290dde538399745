// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldrow.h"

#include "viewmodels/form/workflowdocument.h"
#include "views/form/editorfactory.h"
#include "views/form/fieldeditor.h"
#include "views/form/fielderror.h"
#include "views/form/fieldlabel.h"
#include "views/form/fieldrules.h"
#include "views/form/undokeys.h"
#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>
#include <utility>

namespace gesso {

FieldRow::FieldRow(WorkflowDocument& document, const FormContext& context, UndoKeys& undoKeys,
                   QList<qsizetype> fields, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_context(context)
    , m_undoKeys(undoKeys)
    , m_fields(std::move(fields))
    , m_ref(document.field(m_fields.constFirst()).ref)
    , m_column(new QVBoxLayout(this))
    , m_top(new QHBoxLayout)
    , m_label(new FieldLabel(context.theme, QString(), this))
    , m_error(new FieldError(context.theme, this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::tight);
    m_top->setSpacing(space::small);
    m_top->addWidget(m_label, 1);
    m_column->addLayout(m_top);
    m_column->addWidget(m_error);
    m_error->hide();
    const Field& field = m_document.field(m_fields.constFirst());
    m_label->setText(m_fields.size() > 1 ? tr("Size") : field.label);
    m_label->setHelp(helpText(field) + tr("\nDouble-click resets a changed value"));
    connect(m_label, &FieldLabel::resetRequested, this, &FieldRow::reset);
    connect(m_error, &FieldError::fixRequested, this, [this] {
        for (const qsizetype index : std::as_const(m_fields)) {
            const auto finding = m_document.finding(index);
            if (finding && finding->fix)
                return m_document.applyFix(index);
        }
    });
    makeEditor();
}

void FieldRow::makeEditor()
{
    const Field& field = m_document.field(m_fields.constFirst());
    const bool hadFocus = m_editor && m_editor->isAncestorOf(QApplication::focusWidget());
    discardEditor();
    m_kind = editorKind(field);
    m_editor = m_fields.size() > 1 ? makeSizeEditor(field, m_document.field(m_fields.at(1)), m_context, this)
                                   : gesso::makeEditor(field, m_context, this);
    if (m_editor->standsBesideLabel())
        m_top->addWidget(m_editor);
    else
        m_column->insertWidget(1, m_editor);
    m_trailing = m_editor->trailing();
    if (m_trailing)
        m_top->addWidget(m_trailing);
    // A label with & would make a shortcut of what follows: names are the server's.
    m_label->setBuddy(m_label->text().contains(QLatin1Char('&')) ? nullptr : m_editor->focusTarget());
    const bool linked = std::any_of(m_fields.begin(), m_fields.end(),
                                    [this](qsizetype index) { return m_document.field(index).linked; });
    if (linked)
        m_editor->setReadOnly(true);
    connectEditor();
    refreshValue();
    refreshFinding();
    if (hadFocus)
        m_editor->focusTarget()->setFocus();
    Q_EMIT tabStopsChanged();
}

// Later, as the value may have come from a signal of that very editor.
void FieldRow::discardEditor()
{
    for (QWidget* old : {static_cast<QWidget*>(m_editor), m_trailing.data()}) {
        if (old) {
            old->hide();
            old->deleteLater();
        }
    }
}

void FieldRow::connectEditor()
{
    const auto texts = m_editor->findChildren<QWidget*>();
    for (QWidget* child : texts) {
        if (qobject_cast<QLineEdit*>(child) || qobject_cast<QPlainTextEdit*>(child))
            child->installEventFilter(&m_undoKeys);
    }
    connect(m_editor, &FieldEditor::edited, this, &FieldRow::onEdited);
    connect(m_editor, &FieldEditor::editingFinished, &m_document, &WorkflowDocument::endMerge);
    connect(m_editor, &FieldEditor::localFileChosen, this,
            [this](const QString& path) { m_document.setLocalFile(m_fields.constFirst(), path); });
    connect(m_editor, &FieldEditor::problemChanged, this, [this](const QString& problem) {
        m_problem = problem;
        refreshFinding();
    });
}

QString FieldRow::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->message();
}

void FieldRow::onEdited(int part)
{
    m_document.setValue(m_fields.at(part), m_editor->value(part));
}

void FieldRow::reset()
{
    for (const qsizetype index : std::as_const(m_fields)) {
        if (m_document.isChanged(index))
            m_document.reset(index);
    }
}

void FieldRow::refreshValue()
{
    // A value of another type wants another editor; but never while somebody types JSON, which shows any
    // value.
    const bool typing = m_kind == FieldKind::RawJson && m_editor->isAncestorOf(QApplication::focusWidget());
    if (m_fields.size() == 1 && !typing && editorKind(m_document.field(m_fields.constFirst())) != m_kind)
        return makeEditor();
    bool changed = false;
    for (qsizetype part = 0; part < m_fields.size(); ++part) {
        const qsizetype index = m_fields.at(part);
        m_editor->setValue(m_document.field(index).value, int(part));
        m_editor->setLocalFile(m_document.localFile(index));
        changed = changed || m_document.isChanged(index);
    }
    m_label->setChanged(changed);
    describe();
    const bool half = m_fields.size() > 1 || isHalfWide(m_document.field(m_fields.constFirst()));
    if (half != std::exchange(m_half, half))
        Q_EMIT widthChanged();
}

void FieldRow::refreshFinding()
{
    std::optional<Diagnostic> worst;
    for (const qsizetype index : std::as_const(m_fields)) {
        const auto finding = m_document.finding(index);
        if (finding && (!worst || finding->severity > worst->severity))
            worst = finding;
    }
    if (!m_problem.isEmpty())
        m_error->showProblem(m_problem);
    else if (worst)
        m_error->show(*worst);
    m_error->setVisible(!m_problem.isEmpty() || worst);
    m_editor->setInvalid(!m_problem.isEmpty() || (worst && worst->severity == Severity::Error));
    describe();
    Q_EMIT tabStopsChanged();
}

void FieldRow::describe()
{
    for (qsizetype part = 0; part < m_fields.size(); ++part) {
        const Field& field = m_document.field(m_fields.at(part));
        QStringList description;
        if (!errorText().isEmpty())
            description << errorText();
        if (m_document.isChanged(m_fields.at(part)))
            description << tr("changed");
        if (field.linked)
            description << tr("set by a link");
        description << helpText(field);
        QWidget* target = m_editor->focusTarget(int(part));
        target->setAccessibleName(field.label);
        target->setAccessibleDescription(description.join(QStringLiteral(". ")));
    }
}

void FieldRow::focusField(qsizetype index)
{
    const qsizetype part = qMax(qsizetype(0), m_fields.indexOf(index));
    m_editor->focusTarget(int(part))->setFocus(Qt::OtherFocusReason);
}

QList<QWidget*> FieldRow::tabStops() const
{
    QList<QWidget*> stops = m_editor->tabStops();
    if (QWidget* fix = m_error->isHidden() ? nullptr : m_error->fixButton())
        stops << fix;
    return stops;
}

} // namespace gesso
