// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/formbuilder.h"

#include "core/form/appmode.h"
#include "core/form/essentials.h"
#include "core/form/fieldlabels.h"
#include "core/form/nodefields.h"
#include "core/form/promotedwidgets.h"

#include <QCoreApplication>
#include <QHash>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::Form", text);
}

void takeRoles(Form& form, const QList<EssentialField>& essentials)
{
    for (const EssentialField& essential : essentials) {
        Field& field = form.fields[essential.field];
        field.role = essential.role;
        // A plain number that turned out to be the seed (a primitive, a PrimitiveInt) is edited as one.
        if (field.role == FieldRole::Seed && field.kind == FieldKind::Integer) {
            field.kind = FieldKind::Seed;
        } else if (field.role == FieldRole::Mask && field.kind == FieldKind::Image) {
            field.kind = FieldKind::Mask;
        }
    }
}

using ShownAs = QHash<QString, qsizetype>; // "instance.input" of a promoted widget → field

// Inside a subgraph the value, and the name, may be those its instance gives the widget.
ShownAs takePromotions(Form& form, const Workflow& workflow, const NodeCatalog& catalog)
{
    ShownAs shownAs;
    const Graph* graph = workflow.graph();
    if (!graph) {
        return shownAs;
    }
    const PromotedWidgets promoted(*graph, catalog);
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        Field& field = form.fields[i];
        const std::optional<Promotion> promotion = promoted.find(field.ref);
        if (!promotion) {
            continue;
        }
        if (promotion->place) {
            field.value = *hostValue(*graph, *promotion->place);
            field.original = field.value;
        }
        if (!promotion->label.isEmpty()) {
            field.label = promotion->label;
        }
        shownAs.insert(WidgetRef{promotion->instance, promotion->input}.toString(), i);
    }
    return shownAs;
}

// An author may select a node and pack it into a subgraph later; the selection keeps the old id.
qsizetype chosenIndex(const Form& form, const ShownAs& shownAs, const WidgetRef& ref)
{
    if (const qsizetype index = shownAs.value(ref.toString(), -1); index >= 0) {
        return index;
    }
    if (const qsizetype index = form.indexOf(ref); index >= 0) {
        return index;
    }
    qsizetype found = -1;
    const QString inner = u':' % ref.node.toString();
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        const WidgetRef& candidate = form.fields.at(i).ref;
        if (candidate.input == ref.input && candidate.node.toString().endsWith(inner)) {
            if (found >= 0) {
                return -1; // which of the two is anybody's guess
            }
            found = i;
        }
    }
    return found;
}

// The author's own selection, in the author's order; empty if there is none that still exists.
QList<qsizetype> chosenByAuthor(Form& form, const ShownAs& shownAs, const Workflow& workflow)
{
    QList<qsizetype> chosen;
    for (const AppModeInput& input : appModeInputs(workflow)) {
        const qsizetype index = chosenIndex(form, shownAs, input.ref);
        if (index < 0 || chosen.contains(index)) {
            continue;
        }
        if (!input.description.isEmpty()) {
            form.fields[index].tooltip = input.description;
        }
        chosen.append(index);
    }
    return chosen;
}

QList<qsizetype> unlinkedOf(const Form& form, const QList<EssentialField>& essentials)
{
    QList<qsizetype> found;
    for (const EssentialField& essential : essentials) {
        if (!form.fields.at(essential.field).linked) {
            found.append(essential.field);
        }
    }
    return found;
}

void nameFields(Form& form)
{
    for (Field& field : form.fields) {
        if (field.label.isEmpty()) {
            field.label = labelFor(field.role, field.ref.input);
        }
    }
}

void groupFields(Form& form, const QList<qsizetype>& essential)
{
    if (!essential.isEmpty()) {
        form.groups.append({tr("Essentials"), {}, true, essential});
    }
    for (const qsizetype index : essential) {
        form.fields[index].essential = true;
    }
    for (qsizetype i = 0; i < form.fields.size(); ++i) {
        const Field& field = form.fields.at(i);
        if (field.essential) {
            continue;
        }
        if (form.groups.isEmpty() || form.groups.last().essential
            || form.groups.last().node != field.ref.node) {
            form.groups.append({field.nodeTitle, field.ref.node, false, {}});
        }
        form.groups.last().fields.append(i);
    }
    for (const FieldGroup& group : std::as_const(form.groups)) {
        for (const qsizetype index : group.fields) {
            form.fields[index].group = group.title;
        }
    }
}

} // namespace

Form buildForm(const Workflow& workflow, const NodeCatalog& catalog)
{
    const FormNodes nodes = readFormNodes(workflow, catalog);
    Form form;
    form.title = workflow.title;
    for (const FormNode& node : nodes.nodes) {
        form.fields.append(fieldsOfNode(node));
    }
    const ShownAs shownAs = takePromotions(form, workflow, catalog);
    const QList<EssentialField> essentials = findEssentials(nodes, form.fields);
    takeRoles(form, essentials);
    const QList<qsizetype> chosen = chosenByAuthor(form, shownAs, workflow);
    form.fromAppMode = !chosen.isEmpty();
    nameFields(form);
    groupFields(form, form.fromAppMode ? chosen : unlinkedOf(form, essentials));
    disambiguateLabels(form);
    return form;
}

} // namespace gesso
