// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/binding.h"
#include "viewmodels/form/workflowdocument_p.h"

#include <algorithm>

namespace gesso {

QList<FieldValue> WorkflowDocument::editedValues() const
{
    QList<FieldValue> values;
    for (const WidgetRef& ref : std::as_const(d->touched)) {
        const QString key = ref.toString();
        if (const qsizetype index = d->places.value(key, -1); index >= 0) {
            values.append({ref, d->stateOf(index)});
        } else if (const auto edit = d->edits.constFind(key);
                   edit != d->edits.constEnd() && fieldValue(d->workflow, *edit->catalog, ref)) {
            values.append({ref, {edit->value, d->localFiles.value(key)}}); // of another server's form
        }
    }
    return values;
}

bool WorkflowDocument::knowsAll(const QList<FieldValue>& values) const
{
    return std::all_of(values.begin(), values.end(),
                       [this](const FieldValue& value) { return d->places.contains(value.ref.toString()); });
}

bool WorkflowDocument::wouldChange(const QList<FieldValue>& values) const
{
    return std::any_of(values.begin(), values.end(), [this](const FieldValue& value) {
        const qsizetype index = d->places.value(value.ref.toString(), -1);
        return index < 0 || d->stateOf(index) != value.state;
    });
}

// Whether a choice of the form brings such inputs: "mode.width" is brought by "mode".
bool WorkflowDocument::Private::mayBeBrought(const WidgetRef& ref) const
{
    return !places.contains(ref.toString())
        && std::any_of(form.fields.begin(), form.fields.end(), [&ref](const Field& field) {
               return field.choosesInputs && field.ref.node == ref.node
                   && ref.input.startsWith(field.ref.input + u'.');
           });
}

// In rounds, as one choice may bring another. Returns those that no choice has brought.
QList<FieldValue> WorkflowDocument::Private::restoreBrought(QList<FieldValue> values, Workflow chosen,
                                                            QUndoCommand* parent)
{
    qsizetype before = 0;
    do {
        before = values.size();
        QList<FieldValue> homeless;
        for (const FieldValue& value : std::as_const(values)) {
            if (mayBeBrought(value.ref)
                && setFieldValue(chosen, *formCatalog, value.ref, value.state.value)) {
                command(value.ref, value.state, value.state, parent); // taking back the choice takes it away
            } else {
                homeless.append(value);
            }
        }
        values = homeless;
    } while (!values.isEmpty() && values.size() < before);
    return values;
}

QList<FieldValue> WorkflowDocument::restoreValues(const QList<FieldValue>& values)
{
    QList<FieldValue> homeless;
    endMerge();
    Workflow chosen; // with the choices: what they bring has no field yet
    const bool mayBring = !knowsAll(values);
    if (mayBring) {
        chosen = d->workflow;
    }
    auto all = std::make_unique<QUndoCommand>(tr("bring unsaved edits back"));
    for (const FieldValue& value : values) {
        const qsizetype index = d->places.value(value.ref.toString(), -1);
        if (index < 0 || field(index).linked) {
            homeless.append(value);
        } else if (d->stateOf(index) != value.state) {
            d->command(index, value.state, all.get());
            if (mayBring && field(index).choosesInputs) {
                setFieldValue(chosen, *d->formCatalog, value.ref, value.state.value);
            }
        }
    }
    if (mayBring) {
        homeless = d->restoreBrought(homeless, std::move(chosen), all.get());
    }
    if (all->childCount() > 0) {
        d->pushing = true;
        d->stack.push(all.release());
        d->pushing = false;
        endMerge();
    }
    return homeless;
}

} // namespace gesso
