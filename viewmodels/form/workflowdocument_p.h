// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/form/documentloader.h"
#include "viewmodels/form/editcommand.h"
#include "viewmodels/form/workflowdocument.h"

#include <QThreadPool>
#include <QTimer>
#include <QUndoStack>

namespace gesso {

// Shared by workflowdocument.cpp (opening, rebuilding, saving) and documentedits.cpp (values, findings).
class WorkflowDocument::Private
{
public:
    explicit Private(WorkflowDocument* document)
        : q(document)
        , catalog(std::make_shared<const NodeCatalog>())
        , formCatalog(catalog)
    {
        pool.setMaxThreadCount(1); // in order: what was asked for last is shown last
        mergePause.setSingleShot(true);
        mergePause.setInterval(1000);
    }

    ~Private() { pool.waitForDone(); }

    void adopt(LoadedDocument document, NodeCatalogPtr builtFor);
    void onLoaded(const QString& file, LoadedDocument document, NodeCatalogPtr builtFor);
    void rebuild();
    void onRebuilt(LoadedDocument document, quint64 usedRevision, NodeCatalogPtr builtFor);
    void apply(const WidgetRef& ref, const FieldState& state, const NodeCatalogPtr& madeWith);
    void forget(const WidgetRef& ref);
    void showValuesOf(const NodeId& node);
    void push(qsizetype index, const FieldState& after);
    EditCommand* command(qsizetype index, const FieldState& after, QUndoCommand* parent = nullptr);
    EditCommand* command(const WidgetRef& ref, const FieldState& before, const FieldState& after,
                         QUndoCommand* parent);
    bool mayBeBrought(const WidgetRef& ref) const;
    QList<FieldValue> restoreBrought(QList<FieldValue> values, Workflow chosen, QUndoCommand* parent);
    FieldState stateOf(qsizetype index) const;
    void write(const QString& file, const QByteArray& expected);
    void onSaved(const QString& file, quint64 savedRevision, const SavedDocument& result);
    qsizetype fieldOf(const Diagnostic& finding) const;
    void clearFindings(qsizetype index);
    void sortFindings(); // after a change of them
    bool isTemplate(const QString& file) const;

    WorkflowDocument* q;
    NodeCatalogPtr catalog; // of the server
    NodeCatalogPtr formCatalog; // the form was built for
    std::shared_ptr<const Workflow> opened = std::make_shared<const Workflow>();
    Workflow workflow;
    Form form;
    QHash<QString, qsizetype> places; // of the fields, by WidgetRef::toString()
    Diagnostics findings;
    QHash<qsizetype, qsizetype> worst; // by field: the place of its worst finding
    FieldEdits edits;
    QHash<QString, WidgetRef> touched; // edited since it was opened, also if put back
    QHash<QString, QString> localFiles; // by WidgetRef::toString()
    QUndoStack stack;
    QTimer mergePause;
    int session = 0; // of typing
    bool pushing = false; // an apply() that is not an undo or redo
    quint64 generation = 0; // of documents asked for; answers for an older one are dropped
    quint64 revision = 0; // of edits
    bool isOpen = false;
    bool isOpening = false;
    QString samplesFolder;
    QString path;
    QString sourcePath;
    QByteArray fingerprint; // of sourcePath, as it was read or written here
    QString title;
    QThreadPool pool; // last: its thread ends before the rest goes
};

} // namespace gesso
