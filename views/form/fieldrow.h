// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/formcontext.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;

namespace gesso {

class FieldEditor;
class FieldError;
class FieldLabel;
class UndoKeys;
class WorkflowDocument;

// One field of the form, or a width and a height as one: label, editor, and what is wrong with it. Carries
// values between the document and the editor; the document's is the truth.
class FieldRow : public QWidget
{
    Q_OBJECT

public:
    FieldRow(WorkflowDocument& document, const FormContext& context, UndoKeys& undoKeys,
             QList<qsizetype> fields, QWidget* parent = nullptr);

    const QList<qsizetype>& fields() const { return m_fields; }
    const WidgetRef& ref() const { return m_ref; } // of the first; says which it was once the form is another
    FieldEditor* editor() const { return m_editor; }
    FieldLabel* label() const { return m_label; }
    QString errorText() const; // what is shown under the field; empty if nothing
    bool isHalf() const { return m_half; } // two of them share a line

    void refreshValue(); // from the document
    void refreshFinding();
    void focusField(qsizetype index);
    QList<QWidget*> tabStops() const; // in the order they stand

Q_SIGNALS:
    void widthChanged(); // isHalf() is another
    void tabStopsChanged(); // the editor was made anew, or a fix came or went

private:
    void makeEditor();
    void discardEditor();
    void connectEditor();
    void describe(); // for assistive technology
    void onEdited(int part);
    void reset();

    WorkflowDocument& m_document;
    const FormContext& m_context;
    UndoKeys& m_undoKeys;
    QList<qsizetype> m_fields;
    WidgetRef m_ref;
    FieldKind m_kind = FieldKind::RawJson;
    QBoxLayout* m_column;
    QBoxLayout* m_top;
    FieldLabel* m_label;
    FieldEditor* m_editor = nullptr;
    QPointer<QWidget> m_trailing; // the editor's, at the label's end
    FieldError* m_error;
    bool m_half = false;
    QString m_problem; // what is typed means no value yet
};

} // namespace gesso
