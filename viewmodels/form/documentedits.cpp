// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/form/binding.h"
#include "core/form/untouched.h"
#include "viewmodels/form/workflowdocument_p.h"

#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace gesso {

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

bool WorkflowDocument::hasLocalFiles() const
{
    return !d->localFiles.isEmpty();
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
        d->apply(field(index).ref, {value, {}}, d->formCatalog);
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
    return command(form.fields.at(index).ref, stateOf(index), after, parent);
}

EditCommand* WorkflowDocument::Private::command(const WidgetRef& ref, const FieldState& before,
                                                const FieldState& after, QUndoCommand* parent)
{
    const auto applyState = [this, madeWith = formCatalog](const WidgetRef& place, const FieldState& state) {
        apply(place, state, madeWith);
    };
    return new EditCommand(applyState, ref, before, after, session, parent);
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

void WorkflowDocument::Private::apply(const WidgetRef& ref, const FieldState& state,
                                      const NodeCatalogPtr& madeWith)
{
    if (!pushing) {
        q->endMerge(); // undone or redone: what is typed next stands alone
    }
    if (Result<void> set = setFieldValue(workflow, *madeWith, ref, state.value); !set) {
        log::warning(log::Category::Workflow, set.error().message);
        return;
    }
    ++revision;
    touched.insert(ref.toString(), ref);
    const qsizetype index = places.value(ref.toString(), -1);
    if (index >= 0 && madeWith == formCatalog && state.value == form.fields.at(index).original) {
        forget(ref);
    } else {
        edits.insert(ref.toString(), {ref, state.value, madeWith, revision});
    }
    if (state.localFile.isEmpty()) {
        localFiles.remove(ref.toString());
    } else {
        localFiles.insert(ref.toString(), state.localFile);
    }
    if (index < 0) {
        showValuesOf(ref.node); // an undo of an edit made with another server's form
        return;
    }
    form.fields[index].value = state.value;
    const bool bringsOthers = form.fields.at(index).choosesInputs;
    clearFindings(index);
    Q_EMIT q->fieldChanged(index);
    if (bringsOthers) {
        rebuild();
    }
}

// The field has again the value of the file: so that saving writes the file's own bytes.
void WorkflowDocument::Private::forget(const WidgetRef& ref)
{
    edits.remove(ref.toString());
    QList<WidgetRef> others;
    for (const FieldEdit& edit : std::as_const(edits)) {
        others.append(edit.ref);
    }
    restoreUntouched(workflow, *opened, ref, others);
}

void WorkflowDocument::Private::showValuesOf(const NodeId& node)
{
    for (qsizetype index = 0; index < form.fields.size(); ++index) {
        Field& field = form.fields[index];
        if (field.ref.node != node) {
            continue;
        }
        const Result<Json> value = fieldValue(workflow, *formCatalog, field.ref);
        if (value && *value != field.value) {
            field.value = *value;
            clearFindings(index);
            Q_EMIT q->fieldChanged(index);
        }
    }
}

// --- findings ---

Diagnostics WorkflowDocument::readingFindings() const
{
    return d->opened->diagnostics;
}

Diagnostics WorkflowDocument::findings() const
{
    return d->findings;
}

std::optional<Diagnostic> WorkflowDocument::finding(qsizetype index) const
{
    const auto found = d->worst.constFind(index);
    return found == d->worst.constEnd() ? std::nullopt : std::optional(d->findings.at(*found));
}

void WorkflowDocument::Private::sortFindings()
{
    worst.clear();
    for (qsizetype i = 0; i < findings.size(); ++i) {
        const qsizetype field = fieldOf(findings.at(i));
        const auto known = worst.constFind(field);
        if (field >= 0
            && (known == worst.constEnd() || findings.at(i).severity > findings.at(*known).severity)) {
            worst.insert(field, i);
        }
    }
}

void WorkflowDocument::setFindings(const Diagnostics& findings)
{
    QSet<qsizetype> touched;
    for (const Diagnostic& finding : d->findings + findings) {
        touched.insert(d->fieldOf(finding));
    }
    touched.remove(-1);
    d->findings = findings;
    d->sortFindings();
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
    return finding.input.isEmpty() ? -1 : places.value(WidgetRef{finding.node, finding.input}.toString(), -1);
}

void WorkflowDocument::Private::clearFindings(qsizetype index)
{
    const auto removed = worst.contains(index)
        ? findings.removeIf([this, index](const Diagnostic& f) { return fieldOf(f) == index; })
        : 0;
    if (removed > 0) {
        sortFindings();
        Q_EMIT q->findingChanged(index);
    }
}

void WorkflowDocument::reveal(qsizetype index)
{
    Q_EMIT revealField(index);
}

std::function<Workflow()> WorkflowDocument::snapshot() const
{
    return [opened = d->opened, edits = d->edits] { return withEdits(*opened, edits); };
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
