// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/documentloader.h"

#include "core/form/binding.h"
#include "core/store/atomicwrite.h"
#include "core/store/draftstore.h"
#include "core/workflow/reader.h"
#include "core/workflow/workflowcheck.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

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

// The file with its choices as they are now, and what those bring as it is at first.
Workflow withChoices(const Workflow& opened, const FieldEdits& edits, const Form& form)
{
    FieldEdits choices;
    for (const Field& field : form.fields) {
        const QString key = field.ref.toString();
        if (const auto edit = edits.constFind(key); field.choosesInputs && edit != edits.constEnd()) {
            choices.insert(key, *edit);
        }
    }
    return withEdits(opened, choices);
}

// What each field is reset to: the file's value; of one that an edited choice brings, what it came with.
void setOriginals(Form& form, const Workflow& opened, const FieldEdits& edits, const NodeCatalog& catalog)
{
    const Form before = buildForm(opened, catalog);
    QHash<QString, Json> values;
    values.reserve(before.fields.size());
    for (const Field& field : before.fields) {
        values.insert(field.ref.toString(), field.value);
    }
    std::optional<Workflow> chosen;
    for (Field& field : form.fields) {
        const auto value = values.constFind(field.ref.toString());
        if (value != values.constEnd()) {
            field.original = *value;
            continue;
        }
        if (!chosen) {
            chosen = withChoices(opened, edits, form);
        }
        if (const Result<Json> brought = fieldValue(*chosen, catalog, field.ref)) {
            field.original = *brought;
        }
    }
}

LoadedDocument withForm(std::shared_ptr<const Workflow> opened, Workflow current, const FieldEdits& edits,
                        const NodeCatalog& catalog)
{
    LoadedDocument document;
    document.form = buildForm(current, catalog); // of now: a choice brings fields, and takes others
    if (!edits.isEmpty()) {
        setOriginals(document.form, *opened, edits, catalog);
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
    LoadedDocument document = withForm(std::move(opened), std::move(current), {}, catalog);
    document.fingerprint = fingerprint;
    return document;
}

LoadedDocument rebuildDocument(std::shared_ptr<const Workflow> opened, const FieldEdits& edits,
                               const NodeCatalog& catalog)
{
    Workflow current = withEdits(*opened, edits);
    return withForm(std::move(opened), std::move(current), edits, catalog);
}

Workflow withEdits(const Workflow& opened, const FieldEdits& edits)
{
    Workflow workflow = opened;
    QList<FieldEdit> ordered = edits.values();
    std::sort(ordered.begin(), ordered.end(),
              [](const FieldEdit& a, const FieldEdit& b) { return a.order < b.order; });
    // What a choice brings can be set once it is made, also if the choice was edited after it.
    QList<FieldEdit> later;
    do {
        later.clear();
        for (const FieldEdit& edit : std::as_const(ordered)) {
            if (!setFieldValue(workflow, *edit.catalog, edit.ref, edit.value)) {
                later.append(edit);
            }
        }
        std::swap(ordered, later);
    } while (!ordered.isEmpty() && ordered.size() < later.size());
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
