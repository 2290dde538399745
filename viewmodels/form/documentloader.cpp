// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/documentloader.h"

#include "core/form/binding.h"
#include "core/workflow/promptvalidator.h"
#include "core/workflow/reader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QStorageInfo>

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
    Result<Conversion> conversion = promptFor(workflow, catalog);
    if (!conversion) {
        return {};
    }
    return conversion->diagnostics + validatePrompt(conversion->prompt, catalog);
}

LoadedDocument withForm(std::shared_ptr<const Workflow> opened, Workflow current, const FieldEdits& edits,
                        const NodeCatalog& catalog)
{
    LoadedDocument document;
    document.form = buildForm(*opened, catalog);
    for (Field& field : document.form.fields) {
        field.original = field.value;
        if (const auto edit = edits.constFind(field.ref.toString()); edit != edits.constEnd()) {
            field.value = edit->value;
        }
    }
    document.findings = findingsOf(current, catalog);
    document.opened = std::move(opened);
    document.current = std::move(current);
    return document;
}

} // namespace

Result<LoadedDocument> loadDocument(const QString& path, const NodeCatalog& catalog)
{
    Result<Workflow> workflow = readWorkflowFile(path);
    if (!workflow) {
        return fail(workflow.error());
    }
    auto opened = std::make_shared<const Workflow>(std::move(*workflow));
    Workflow current = *opened;
    return withForm(std::move(opened), std::move(current), {}, catalog);
}

LoadedDocument rebuildDocument(std::shared_ptr<const Workflow> opened, const FieldEdits& edits,
                               const NodeCatalog& catalog, const NodeCatalog& previous)
{
    Workflow current = withEdits(*opened, edits, catalog, previous);
    return withForm(std::move(opened), std::move(current), edits, catalog);
}

Workflow withEdits(const Workflow& opened, const FieldEdits& edits, const NodeCatalog& catalog,
                   const NodeCatalog& previous)
{
    Workflow workflow = opened;
    for (const FieldEdit& edit : edits) {
        if (!setFieldValue(workflow, catalog, edit.ref, edit.value)) {
            setFieldValue(workflow, previous, edit.ref, edit.value);
        }
    }
    return workflow;
}

Result<void> writeWorkflow(const Workflow& workflow, const QString& path)
{
    const QByteArray json = writeJson(toJson(workflow), 2);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit()) {
        return {};
    }
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    const bool full = disk.isValid() && disk.bytesAvailable() < json.size();
    return fail(full ? ErrorKind::DiskFull : ErrorKind::DiskError,
                text("%1 could not be saved.").arg(QFileInfo(path).fileName()),
                full ? text("The disk is full. Free some space or save elsewhere.")
                     : text("Choose another folder with Save as."),
                file.errorString());
}

} // namespace gesso
