// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/formbuilder.h"

#include "core/form/appmode.h"
#include "core/form/essentials.h"
#include "core/form/fieldlabels.h"
#include "core/form/groupwidgets.h"
#include "core/form/nodefields.h"
#include "core/form/promotedwidgets.h"
#include "core/workflow/conversion/broadcasts.h"
#include "core/workflow/conversion/groupnodes.h"

#include <QCoreApplication>
#include <QHash>

namespace gesso {
namespace {

QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("gesso::Form", text, nullptr, count);
}

// Group nodes as the subgraphs they stand for, and broadcasts as links: the form shows what is sent.
std::optional<Workflow> withoutVirtualParts(const Workflow& workflow, const NodeCatalog& catalog)
{
    const Graph* graph = workflow.graph();
    if (!graph) {
        return std::nullopt;
    }
    Diagnostics ignored; // the conversion reports them
    std::optional<Graph> linked = conversion::withBroadcasts(*graph, catalog, ignored);
    std::optional<Graph> ungrouped = conversion::withoutGroupNodes(linked ? *linked : *graph, catalog);
    if (!linked && !ungrouped) {
        return std::nullopt;
    }
    Workflow expanded = workflow;
    *expanded.graph() = std::move(ungrouped ? *ungrouped : *linked);
    return expanded;
}

// Of the nodes inside a group node only the widgets it shows, by the names it shows them by.
void keepShownByGroup(QList<Field>& fields, const GroupWidgets& groups)
{
    fields.removeIf([&groups](const Field& field) { return !groups.find(field.ref); });
    for (Field& field : fields) {
        const QString shown = groups.find(field.ref)->shown;
        if (field.label.isEmpty() && shown != field.ref.input) {
            field.label = shown;
        }
    }
}

QList<Field> fieldsOf(const FormNodes& nodes, const Workflow& workflow, const NodeCatalog& catalog)
{
    std::optional<GroupWidgets> groups;
    if (const Graph* graph = workflow.graph(); graph && member(graph->extra, "groupNodes")) {
        groups.emplace(*graph, catalog);
    }
    QList<Field> fields;
    for (const FormNode& node : nodes.nodes) {
        QList<Field> own = fieldsOfNode(node);
        if (groups && groups->isInside(node.id)) {
            keepShownByGroup(own, *groups);
        }
        fields.append(own);
    }
    return fields;
}

// The file writes a node inside a subgraph down once, however often the subgraph is used.
void noteSharing(Form& form, const FormNodes& nodes)
{
    QHash<const GraphNode*, int> places;
    for (const FormNode& node : nodes.nodes) {
        if (node.graphNode) {
            ++places[node.graphNode];
        }
    }
    for (Field& field : form.fields) {
        const FormNode& node = nodes.nodes.at(nodes.index.value(field.ref.node));
        field.sharedBy = node.graphNode ? places.value(node.graphNode) : 1;
    }
}

void tellSharing(Form& form)
{
    for (Field& field : form.fields) {
        if (field.sharedBy > 1) {
            const QString note =
                tr("Shared by %n instances of its subgraph: an edit changes all of them.", field.sharedBy);
            field.tooltip = field.tooltip.isEmpty() ? note : field.tooltip % u"\n\n" % note;
        }
    }
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
            field.sharedBy = 1; // each instance has its own
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
    const std::optional<Workflow> expanded = withoutVirtualParts(workflow, catalog);
    const FormNodes nodes = readFormNodes(expanded ? *expanded : workflow, catalog);
    Form form;
    form.title = workflow.title;
    form.fields = fieldsOf(nodes, workflow, catalog);
    noteSharing(form, nodes);
    const ShownAs shownAs = takePromotions(form, workflow, catalog);
    const QList<EssentialField> essentials = findEssentials(nodes, form.fields);
    takeRoles(form, essentials);
    const QList<qsizetype> chosen = chosenByAuthor(form, shownAs, workflow);
    form.fromAppMode = !chosen.isEmpty();
    tellSharing(form);
    nameFields(form);
    groupFields(form, form.fromAppMode ? chosen : unlinkedOf(form, essentials));
    disambiguateLabels(form);
    return form;
}

} // namespace gesso
