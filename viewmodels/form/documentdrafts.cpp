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
        } else if (const auto edit = d->edits.constFind(key); edit != d->edits.constEnd()) {
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

QList<FieldValue> WorkflowDocument::restoreValues(const QList<FieldValue>& values)
{
    QList<FieldValue> homeless;
    endMerge();
    auto all = std::make_unique<QUndoCommand>(tr("bring unsaved edits back"));
    for (const FieldValue& value : values) {
        const qsizetype index = d->places.value(value.ref.toString(), -1);
        if (index < 0 || field(index).linked) {
            homeless.append(value);
        } else if (d->stateOf(index) != value.state) {
            d->command(index, value.state, all.get());
        }
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
