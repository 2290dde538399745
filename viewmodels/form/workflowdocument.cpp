// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "viewmodels/base/background.h"
#include "viewmodels/form/sampletitle.h"
#include "viewmodels/form/workflowdocument_p.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace gesso {

WorkflowDocument::WorkflowDocument(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->stack, &QUndoStack::cleanChanged, this, &WorkflowDocument::modifiedChanged);
    connect(&d->mergePause, &QTimer::timeout, this, &WorkflowDocument::endMerge);
}

WorkflowDocument::~WorkflowDocument()
{
    d->stack.disconnect(this);
}

// --- opening, closing, saving ---

void WorkflowDocument::open(const QString& path)
{
    const quint64 generation = ++d->generation;
    const NodeCatalogPtr catalog = d->catalog;
    const QString file = QFileInfo(path).absoluteFilePath();
    d->isOpening = true;
    runInBackground(
        d->pool, this, [file, catalog] { return loadDocument(file, *catalog); },
        [this, generation, file, catalog](Result<LoadedDocument> document) {
            if (generation != d->generation) {
                return;
            }
            d->isOpening = false;
            if (!document) {
                Q_EMIT openFailed(document.error());
                return;
            }
            d->onLoaded(file, std::move(*document), catalog);
        });
}

void WorkflowDocument::Private::onLoaded(const QString& file, LoadedDocument document,
                                         NodeCatalogPtr builtFor)
{
    const bool isJson = document.opened->carrier == QLatin1String("json");
    sourcePath = file;
    fingerprint = document.fingerprint;
    path = isJson && !isTemplate(file) ? file : QString();
    title = isTemplate(file) ? sampleTitle(document.opened->title) : document.opened->title;
    edits.clear();
    touched.clear();
    localFiles.clear();
    isOpen = true;
    q->endMerge();
    stack.clear();
    adopt(std::move(document), std::move(builtFor));
    Q_EMIT q->formChanged();
    Q_EMIT q->opened();
    Q_EMIT q->modifiedChanged();
    if (catalog != formCatalog) {
        rebuild(); // the catalogue came while the file was read
    }
}

void WorkflowDocument::Private::adopt(LoadedDocument document, NodeCatalogPtr builtFor)
{
    opened = std::move(document.opened);
    workflow = std::move(document.current);
    form = std::move(document.form);
    places = std::move(document.places);
    findings = std::move(document.findings);
    formCatalog = std::move(builtFor);
    sortFindings();
}

bool WorkflowDocument::Private::isTemplate(const QString& file) const
{
    return !samplesFolder.isEmpty() && file.startsWith(samplesFolder + u'/');
}

void WorkflowDocument::close()
{
    ++d->generation;
    d->isOpening = false;
    if (!d->isOpen) {
        return;
    }
    d->isOpen = false;
    d->adopt({std::make_shared<const Workflow>(), {}, {}, {}, {}, {}}, d->catalog);
    d->edits.clear();
    d->touched.clear();
    d->localFiles.clear();
    d->path.clear();
    d->sourcePath.clear();
    d->fingerprint.clear();
    d->title.clear();
    d->stack.clear();
    Q_EMIT formChanged();
    Q_EMIT closed();
    Q_EMIT modifiedChanged();
}

void WorkflowDocument::setCatalog(NodeCatalogPtr catalog)
{
    if (!catalog || catalog == d->catalog) {
        return;
    }
    d->catalog = std::move(catalog);
    if (d->isOpen) {
        d->rebuild();
    } else {
        d->formCatalog = d->catalog;
    }
}

void WorkflowDocument::Private::rebuild()
{
    const quint64 asked = generation;
    runInBackground(
        pool, q,
        [source = opened, used = edits, target = catalog] { return rebuildDocument(source, used, *target); },
        [this, asked, usedRevision = revision, target = catalog](LoadedDocument document) {
            if (asked == generation && target == catalog && isOpen) {
                onRebuilt(std::move(document), usedRevision, target);
            }
        });
}

void WorkflowDocument::Private::onRebuilt(LoadedDocument document, quint64 usedRevision,
                                          NodeCatalogPtr builtFor)
{
    adopt(std::move(document), std::move(builtFor));
    QList<FieldEdit> late; // typed while the form was being built
    for (const FieldEdit& edit : std::as_const(edits)) {
        if (edit.order > usedRevision) {
            late.append(edit);
        }
    }
    std::sort(late.begin(), late.end(),
              [](const FieldEdit& a, const FieldEdit& b) { return a.order < b.order; });
    for (const FieldEdit& edit : std::as_const(late)) {
        setFieldValue(workflow, *edit.catalog, edit.ref, edit.value);
        showValuesOf(edit.ref.node);
    }
    Q_EMIT q->formChanged();
}

void WorkflowDocument::save(const QString& newPath)
{
    // A name that was chosen now may be replaced: the file dialog has asked.
    newPath.isEmpty() ? d->write(d->path, d->fingerprint)
                      : d->write(QFileInfo(newPath).absoluteFilePath(), {});
}

void WorkflowDocument::saveOver()
{
    d->write(d->path, {});
}

void WorkflowDocument::Private::write(const QString& file, const QByteArray& expected)
{
    if (!isOpen || file.isEmpty()) {
        Q_EMIT q->saveFailed({ErrorKind::Usage, tr("The workflow has no file yet."), tr("Use Save as."), {}});
        return;
    }
    q->endMerge();
    runInBackground(
        pool, q,
        [file, expected, source = opened, used = edits] {
            return saveDocument(withEdits(*source, used), file, expected);
        },
        [this, file, asked = generation, savedRevision = revision](const SavedDocument& result) {
            if (asked == generation) {
                onSaved(file, savedRevision, result);
            }
        });
}

void WorkflowDocument::Private::onSaved(const QString& file, quint64 savedRevision,
                                        const SavedDocument& result)
{
    if (result.isForeign) {
        Q_EMIT q->saveConflicts(file);
        return;
    }
    if (!result.written) {
        Q_EMIT q->saveFailed(result.written.error());
        return;
    }
    fingerprint = result.fingerprint;
    if (file != path) {
        path = file;
        sourcePath = file;
        title = QFileInfo(file).completeBaseName();
    }
    if (savedRevision == revision) { // else something was typed meanwhile and still is unsaved
        stack.setClean();
    }
    Q_EMIT q->saved(file);
    Q_EMIT q->modifiedChanged();
}

void WorkflowDocument::setSamplesFolder(const QString& folder)
{
    d->samplesFolder = folder.isEmpty() ? QString() : QDir(folder).absolutePath();
}

bool WorkflowDocument::isOpening() const
{
    return d->isOpening;
}
bool WorkflowDocument::isOpen() const
{
    return d->isOpen;
}
bool WorkflowDocument::isModified() const
{
    return d->isOpen && !d->stack.isClean();
}
QString WorkflowDocument::path() const
{
    return d->path;
}
QString WorkflowDocument::sourcePath() const
{
    return d->sourcePath;
}
QString WorkflowDocument::title() const
{
    return d->title;
}
const Workflow& WorkflowDocument::workflow() const
{
    return d->workflow;
}
bool WorkflowDocument::isFormCurrent() const
{
    return d->formCatalog == d->catalog;
}

NodeCatalogPtr WorkflowDocument::catalog() const
{
    return d->catalog;
}

} // namespace gesso
