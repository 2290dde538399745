// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/workflowdocument.h"

#include "core/base/log.h"
#include "viewmodels/base/background.h"
#include "viewmodels/form/documentloader.h"
#include "viewmodels/form/editcommand.h"
#include "viewmodels/form/sampletitle.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>
#include <QUndoStack>

#include <algorithm>

namespace gesso {

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
    void onRebuilt(LoadedDocument document, const FieldEdits& used, NodeCatalogPtr builtFor);
    void apply(const WidgetRef& ref, const FieldState& state);
    void push(qsizetype index, const FieldState& after);
    EditCommand* command(qsizetype index, const FieldState& after, QUndoCommand* parent = nullptr);
    FieldState stateOf(qsizetype index) const;
    void onSaved(const QString& file, quint64 savedRevision, const Result<void>& result);
    qsizetype fieldOf(const Diagnostic& finding) const;
    void clearFindings(qsizetype index);
    bool isTemplate(const QString& file) const;

    WorkflowDocument* q;
    NodeCatalogPtr catalog; // of the server
    NodeCatalogPtr formCatalog; // the form was built for
    std::shared_ptr<const Workflow> opened = std::make_shared<const Workflow>();
    Workflow workflow;
    Form form;
    Diagnostics findings;
    FieldEdits edits;
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
    QString title;
    QThreadPool pool; // last: its thread ends before the rest goes
};

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
    path = isJson && !isTemplate(file) ? file : QString();
    title = isTemplate(file) ? sampleTitle(document.opened->title) : document.opened->title;
    edits.clear();
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
    findings = std::move(document.findings);
    formCatalog = std::move(builtFor);
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
    d->adopt({std::make_shared<const Workflow>(), {}, {}, {}}, d->catalog);
    d->edits.clear();
    d->localFiles.clear();
    d->path.clear();
    d->sourcePath.clear();
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
        [source = opened, used = edits, target = catalog, previous = formCatalog] {
            return rebuildDocument(source, used, *target, *previous);
        },
        [this, asked, used = edits, target = catalog](LoadedDocument document) {
            if (asked == generation && target == catalog && isOpen) {
                onRebuilt(std::move(document), used, target);
            }
        });
}

void WorkflowDocument::Private::onRebuilt(LoadedDocument document, const FieldEdits& used,
                                          NodeCatalogPtr builtFor)
{
    adopt(std::move(document), std::move(builtFor));
    for (auto edit = edits.cbegin(); edit != edits.cend(); ++edit) {
        const auto known = used.constFind(edit.key());
        if (known != used.constEnd() && known->value == edit->value) {
            continue;
        }
        // Typed while the form was being built.
        setFieldValue(workflow, *formCatalog, edit->ref, edit->value);
        if (const qsizetype index = form.indexOf(edit->ref); index >= 0) {
            form.fields[index].value = edit->value;
        }
    }
    Q_EMIT q->formChanged();
}

void WorkflowDocument::save(const QString& newPath)
{
    const QString file = newPath.isEmpty() ? d->path : QFileInfo(newPath).absoluteFilePath();
    if (!d->isOpen || file.isEmpty()) {
        Q_EMIT saveFailed({ErrorKind::Usage, tr("The workflow has no file yet."), tr("Use Save as."), {}});
        return;
    }
    endMerge();
    runInBackground(
        d->pool, this,
        [file, opened = d->opened, edits = d->edits, catalog = d->catalog, previous = d->formCatalog] {
            return writeWorkflow(withEdits(*opened, edits, *catalog, *previous), file);
        },
        [this, file, generation = d->generation, revision = d->revision](const Result<void>& result) {
            if (generation == d->generation) {
                d->onSaved(file, revision, result);
            }
        });
}

void WorkflowDocument::Private::onSaved(const QString& file, quint64 savedRevision,
                                        const Result<void>& result)
{
    if (!result) {
        Q_EMIT q->saveFailed(result.error());
        return;
    }
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
NodeCatalogPtr WorkflowDocument::catalog() const
{
    return d->catalog;
}

// --- fields and edits ---

const Form& WorkflowDocument::form() const
{
    return d->form;
}
qsizetype WorkflowDocument::fieldCount() const
{
    return d->form.fields.size();
}
const Field& WorkflowDocument::field(qsizetype index) const
{
    return d->form.fields.at(index);
}
QUndoStack* WorkflowDocument::undoStack() const
{
    return &d->stack;
}

void WorkflowDocument::setValue(qsizetype index, const Json& value)
{
    d->push(index, {value, {}});
}

void WorkflowDocument::setLocalFile(qsizetype index, const QString& path)
{
    endMerge();
    d->push(index, {toJson(QFileInfo(path).fileName()), path});
    endMerge();
}

QString WorkflowDocument::localFile(qsizetype index) const
{
    return d->stateOf(index).localFile;
}

void WorkflowDocument::reset(qsizetype index)
{
    endMerge();
    d->push(index, {field(index).original, {}});
    endMerge();
}

void WorkflowDocument::resetAll()
{
    endMerge();
    auto* all = new QUndoCommand(tr("reset all fields"));
    for (qsizetype index = 0; index < fieldCount(); ++index) {
        if (isChanged(index)) {
            d->command(index, {field(index).original, {}}, all);
        }
    }
    if (all->childCount() == 0) {
        delete all;
        return;
    }
    d->pushing = true;
    d->stack.push(all);
    d->pushing = false;
}

bool WorkflowDocument::isChanged(qsizetype index) const
{
    return d->stateOf(index) != FieldState{field(index).original, {}};
}

void WorkflowDocument::endMerge()
{
    d->mergePause.stop();
    ++d->session;
}

void WorkflowDocument::setMergePause(int ms)
{
    d->mergePause.setInterval(ms);
}

void WorkflowDocument::setValueUntracked(qsizetype index, const Json& value)
{
    if (index >= 0 && index < fieldCount() && field(index).value != value) {
        d->pushing = true; // does not end a stretch of typing
        d->apply(field(index).ref, {value, {}});
        d->pushing = false;
    }
}

qsizetype WorkflowDocument::seedField() const
{
    const auto& fields = d->form.fields;
    const auto find = [&fields](auto isSeed) -> qsizetype {
        const auto it = std::find_if(fields.begin(), fields.end(), isSeed);
        return it == fields.end() ? -1 : it - fields.begin();
    };
    const qsizetype byRole = find([](const Field& f) { return f.role == FieldRole::Seed && !f.linked; });
    return byRole >= 0 ? byRole : find([](const Field& f) { return f.kind == FieldKind::Seed && !f.linked; });
}

FieldState WorkflowDocument::Private::stateOf(qsizetype index) const
{
    const Field& field = form.fields.at(index);
    return {field.value, localFiles.value(field.ref.toString())};
}

EditCommand* WorkflowDocument::Private::command(qsizetype index, const FieldState& after,
                                                QUndoCommand* parent)
{
    const auto applyState = [this](const WidgetRef& ref, const FieldState& state) { apply(ref, state); };
    return new EditCommand(applyState, form.fields.at(index).ref, stateOf(index), after, session, parent);
}

void WorkflowDocument::Private::push(qsizetype index, const FieldState& after)
{
    if (index < 0 || index >= form.fields.size() || form.fields.at(index).linked || stateOf(index) == after) {
        return;
    }
    EditCommand* edit = command(index, after);
    edit->setText(WorkflowDocument::tr("edit %1").arg(form.fields.at(index).label));
    pushing = true;
    stack.push(edit);
    pushing = false;
    mergePause.start();
}

void WorkflowDocument::Private::apply(const WidgetRef& ref, const FieldState& state)
{
    if (!pushing) {
        q->endMerge(); // undone or redone: what is typed next stands alone
    }
    if (Result<void> set = setFieldValue(workflow, *formCatalog, ref, state.value); !set) {
        log::warning(log::Category::Workflow, set.error().message);
    }
    ++revision;
    edits.insert(ref.toString(), {ref, state.value});
    if (state.localFile.isEmpty()) {
        localFiles.remove(ref.toString());
    } else {
        localFiles.insert(ref.toString(), state.localFile);
    }
    const qsizetype index = form.indexOf(ref);
    if (index >= 0) { // an undo may be of a field that this server's form does not show
        form.fields[index].value = state.value;
        clearFindings(index);
        Q_EMIT q->fieldChanged(index);
    }
}

// --- findings ---

Diagnostics WorkflowDocument::findings() const
{
    return d->findings;
}

std::optional<Diagnostic> WorkflowDocument::finding(qsizetype index) const
{
    std::optional<Diagnostic> worst;
    for (const Diagnostic& finding : d->findings) {
        if (d->fieldOf(finding) == index && (!worst || finding.severity > worst->severity)) {
            worst = finding;
        }
    }
    return worst;
}

void WorkflowDocument::setFindings(const Diagnostics& findings)
{
    QSet<qsizetype> touched;
    for (const Diagnostic& finding : d->findings + findings) {
        touched.insert(d->fieldOf(finding));
    }
    touched.remove(-1);
    d->findings = findings;
    for (const qsizetype index : std::as_const(touched)) {
        Q_EMIT findingChanged(index);
    }
}

void WorkflowDocument::applyFix(qsizetype index)
{
    const std::optional<Diagnostic> found = finding(index);
    if (found && found->fix) {
        endMerge();
        setValue(index, found->fix->value);
        endMerge();
    }
}

qsizetype WorkflowDocument::firstFieldWithError() const
{
    QSet<qsizetype> wrong;
    for (const Diagnostic& finding : d->findings) {
        if (finding.severity == Severity::Error) {
            wrong.insert(d->fieldOf(finding));
        }
    }
    for (const FieldGroup& group : d->form.groups) { // as they stand in the form, Essentials first
        for (const qsizetype index : group.fields) {
            if (wrong.contains(index)) {
                return index;
            }
        }
    }
    return -1;
}

qsizetype WorkflowDocument::Private::fieldOf(const Diagnostic& finding) const
{
    return finding.input.isEmpty() ? -1 : form.indexOf({finding.node, finding.input});
}

void WorkflowDocument::Private::clearFindings(qsizetype index)
{
    const auto removed =
        findings.removeIf([this, index](const Diagnostic& f) { return fieldOf(f) == index; });
    if (removed > 0) {
        Q_EMIT q->findingChanged(index);
    }
}

void WorkflowDocument::reveal(qsizetype index)
{
    Q_EMIT revealField(index);
}

Result<Conversion> WorkflowDocument::toPrompt(quint64 randomSeed, const QDateTime& now) const
{
    ConversionOptions options;
    options.choices = ChoiceRule::Random;
    options.randomSeed = randomSeed;
    options.now = now;
    return promptFor(d->workflow, *d->formCatalog, options);
}

} // namespace gesso
