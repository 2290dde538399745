// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/documentloader.h"

#include "core/form/binding.h"
#include "core/store/atomicwrite.h"
#include "core/store/draftstore.h"
#include "core/workflow/reader.h"
#include "core/workflow/workflowcheck.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace gesso {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("WorkflowDocument", source);
}

Diagnostics findingsOf(const Workflow& workflow, const NodeCatalog& catalog)
{
    if (catalog.size() == 0) {
        return {}; // not connected yet: everything would be "missing"
    }
    ConversionOptions options;
    options.explain = true; // why an input has no link
    Result<Conversion> conversion = promptFor(workflow, catalog, options);
    if (!conversion) {
        return {};
    }
    return checkWorkflow(workflow, *conversion, catalog);
}

LoadedDocument withForm(std::shared_ptr<const Workflow> opened, Workflow current, const NodeCatalog& catalog)
{
    LoadedDocument document;
    document.form = buildForm(*opened, catalog);
    for (Field& field : document.form.fields) {
        field.original = field.value;
        if (Result<Json> value = fieldValue(current, catalog, field.ref)) {
            field.value = std::move(*value);
        }
    }
    document.places.reserve(document.form.fields.size());
    for (qsizetype index = document.form.fields.size() - 1; index >= 0; --index) {
        document.places.insert(document.form.fields.at(index).ref.toString(), index); // the first wins
    }
    document.findings = findingsOf(current, catalog);
    document.opened = std::move(opened);
    document.current = std::move(current);
    return document;
}

} // namespace

Result<LoadedDocument> loadDocument(const QString& path, const NodeCatalog& catalog)
{
    const QByteArray fingerprint =
        fingerprintOf(path); // before: of a change meanwhile is told rather than not
    Result<Workflow> workflow = readWorkflowFile(path);
    if (!workflow) {
        return fail(workflow.error());
    }
    auto opened = std::make_shared<const Workflow>(std::move(*workflow));
    Workflow current = *opened;
    LoadedDocument document = withForm(std::move(opened), std::move(current), catalog);
    document.fingerprint = fingerprint;
    return document;
}

LoadedDocument rebuildDocument(std::shared_ptr<const Workflow> opened, const FieldEdits& edits,
                               const NodeCatalog& catalog)
{
    Workflow current = withEdits(*opened, edits);
    return withForm(std::move(opened), std::move(current), catalog);
}

Workflow withEdits(const Workflow& opened, const FieldEdits& edits)
{
    Workflow workflow = opened;
    QList<FieldEdit> ordered = edits.values();
    std::sort(ordered.begin(), ordered.end(),
              [](const FieldEdit& a, const FieldEdit& b) { return a.order < b.order; });
    for (const FieldEdit& edit : ordered) {
        setFieldValue(workflow, *edit.catalog, edit.ref, edit.value);
    }
    return workflow;
}

SavedDocument saveDocument(const Workflow& workflow, const QString& path, const QByteArray& expected)
{
    const QByteArray found = expected.isEmpty() ? QByteArray() : fingerprintOf(path);
    if (!found.isEmpty() && found != expected) { // one that is gone is made again
        return {{}, true, found};
    }
    const Result<void> written = writeJsonFile(toJson(workflow), path);
    return {written, false, written ? fingerprintOf(path) : QByteArray()};
}

Result<void> writeJsonFile(const Json& document, const QString& path)
{
    const std::optional<WriteFailure> failure = writeAtomically(path, writeJson(document, 2));
    if (!failure) {
        return {};
    }
    return fail(failure->kind, text("%1 could not be saved.").arg(QFileInfo(path).fileName()),
                failure->isFull() ? text("The disk is full. Free some space or save elsewhere.")
                                  : text("Choose another folder with Save as."),
                failure->reason);
}

} // namespace gesso
