// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/missingnodes.h"

#include "core/workflow/foreigntext.h"
#include "core/workflow/graphpath.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kNamedUses = 4; // the others are counted
constexpr qsizetype kMaxUses = 1000; // in the details

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::MissingNodes", text);
}

struct Use {
    NodeId node;
    QString title;
    QStringList inside; // names of the subgraphs around it
    bool sent = false;
};

struct MissingType {
    qsizetype place = 0; // of its finding
    QList<Use> uses;
    QList<NodePack> packs;
};

Use useOf(const Diagnostic& finding)
{
    return {finding.node, foreignText(finding.nodeTitle), {}, finding.severity == Severity::Error};
}

QStringList subgraphNames(const NodeLocation& location, const Graph& graph)
{
    QStringList names;
    for (const GraphNode* instance : location.instances) {
        const SubgraphDefinition* definition = graph.subgraph(instance->type);
        names.append(
            foreignText(definition && !definition->name.isEmpty() ? definition->name : instance->title));
    }
    return names;
}

void note(MissingType& missing, const Diagnostic& finding, const Workflow& workflow)
{
    NodePack pack;
    Use use = useOf(finding);
    if (const Graph* graph = workflow.graph()) {
        if (const std::optional<NodeLocation> location = locateNode(*graph, finding.node)) {
            use.inside = subgraphNames(*location, *graph);
            pack = packOf(location->node->properties);
        }
    } else if (const PromptNode* node = workflow.prompt()->node(finding.node)) {
        pack = packOf(node->meta);
    }
    missing.uses.append(use);
    if (!pack.isEmpty() && !missing.packs.contains(pack)) {
        missing.packs.append(pack);
    }
}

QString describe(const Use& use)
{
    const QString id = use.node.toString();
    const QString title = use.title.isEmpty() ? id : use.title;
    return use.inside.isEmpty()
        ? tr("“%1” (node %2)").arg(title, id)
        : tr("“%1” (node %2, inside “%3”)").arg(title, id, use.inside.join(QStringLiteral("” › “")));
}

QString describe(const QList<Use>& uses)
{
    QStringList named;
    for (const Use& use : uses.first(std::min(uses.size(), kNamedUses))) {
        named.append(describe(use));
    }
    const qsizetype others = uses.size() - named.size();
    const QString list = named.join(u", ");
    return others == 0 ? tr("It is used by %1.").arg(list)
                       : tr("It is used by %1 and %2 more.").arg(list, QString::number(others));
}

QString describe(const NodePack& pack)
{
    const QString name = pack.id.isEmpty() ? pack.source : pack.id;
    const QString version = pack.version.isEmpty() ? name : QString(name % u' ' % pack.version);
    return pack.id.isEmpty() || pack.source.isEmpty() || pack.source == pack.id
        ? version
        : QString(version % u" (" % pack.source % u')');
}

bool isSubgraphId(const QString& type)
{
    return !QUuid::fromString(type).isNull();
}

bool isGroupNode(const QString& type)
{
    return type.startsWith(u"workflow>") || type.startsWith(u"workflow/");
}

QString advice(const QString& type, const QList<NodePack>& packs)
{
    if (isSubgraphId(type) || isGroupNode(type)) {
        return tr("Open the original in ComfyUI and save it again, or remove the node.");
    }
    if (packs.isEmpty()) {
        return tr("The workflow does not say which pack it comes with.");
    }
    if (packs.constFirst().id == u"comfy-core") {
        return tr("It belongs to ComfyUI itself (%1): this server is older, or another one.")
            .arg(packs.constFirst().version);
    }
    QStringList names;
    for (const NodePack& pack : packs) {
        names.append(describe(pack));
    }
    return tr("It comes with the pack %1, to be installed on the server.").arg(names.join(u", "));
}

Json detailsOf(const MissingType& missing)
{
    Json uses = Json::array();
    for (const Use& use : missing.uses.first(std::min(missing.uses.size(), kMaxUses))) {
        Json inside = Json::array();
        for (const QString& name : use.inside) {
            inside.push_back(toJson(name));
        }
        uses.push_back(Json::object({{"node", toJson(use.node.toString())},
                                     {"title", toJson(use.title)},
                                     {"inside", std::move(inside)},
                                     {"sent", use.sent}}));
    }
    Json packs = Json::array();
    for (const NodePack& pack : missing.packs) {
        packs.push_back(Json::object(
            {{"id", toJson(pack.id)}, {"source", toJson(pack.source)}, {"version", toJson(pack.version)}}));
    }
    return Json::object({{"uses", std::move(uses)}, {"packs", std::move(packs)}});
}

// The node an input is linked to in the file, reroutes left out; empty if there is none.
NodeId originInFile(const NodeLocation& location, const QString& input)
{
    constexpr int maxReroutes = 100; // they may lead in a circle
    const GraphNode* node = location.node;
    QString name = input;
    for (int i = 0; node && i < maxReroutes; ++i) {
        const auto slot =
            std::find_if(node->inputs.begin(), node->inputs.end(),
                         [&name](const GraphInput& entry) { return name.isEmpty() || entry.name == name; });
        const GraphLink* link =
            slot != node->inputs.end() && slot->link ? location.level->link(*slot->link) : nullptr;
        node = link ? location.level->node(link->originNode) : nullptr;
        if (node && node->type != u"Reroute") {
            return node->id;
        }
        name.clear(); // a reroute has only one
    }
    return {};
}

NodeId beside(const NodeId& path, const NodeId& other)
{
    const QString outer = path.toString().section(QLatin1Char(':'), 0, -2);
    return innerPath(NodeId(outer), other);
}

} // namespace

QString missingSentence(const QString& type)
{
    if (type.isEmpty()) {
        return tr("The file does not say of which type this node is.");
    }
    if (isSubgraphId(type)) {
        return tr("The file does not carry the subgraph of this node (%1).").arg(foreignText(type));
    }
    return isGroupNode(type)
        ? tr("The file does not carry the group node “%1”.").arg(foreignText(type.mid(9)))
        : tr("The server has no node of the type “%1”.").arg(foreignText(type));
}

NodePack packOf(const Json& properties)
{
    return {foreignText(stringMember(properties, "cnr_id")), foreignText(stringMember(properties, "aux_id")),
            foreignText(stringMember(properties, "ver"), 60)};
}

Diagnostics withoutConsequences(const Diagnostics& findings, const Workflow& workflow)
{
    const Graph* graph = workflow.graph();
    QSet<NodeId> missing; // and the subgraph instances around them
    for (const Diagnostic& finding : findings) {
        const bool isMissing = finding.code == u"missing-node" || finding.code == u"subgraph-cycle";
        QString path = isMissing ? finding.node.toString() : QString();
        for (; !path.isEmpty(); path = path.section(QLatin1Char(':'), 0, -2)) {
            missing.insert(NodeId(path));
        }
    }
    if (!graph || missing.isEmpty()) {
        return findings;
    }
    Diagnostics kept = findings;
    kept.removeIf([&](const Diagnostic& finding) {
        const auto location =
            finding.code == u"required-input-missing" ? locateNode(*graph, finding.node) : std::nullopt;
        const NodeId origin = location ? originInFile(*location, finding.input) : NodeId();
        return !origin.isEmpty() && missing.contains(beside(finding.node, origin));
    });
    return kept;
}

Diagnostics groupMissingNodes(const Diagnostics& findings, const Workflow& workflow)
{
    Diagnostics grouped;
    QHash<QString, MissingType> types;
    for (const Diagnostic& finding : findings) {
        if (finding.code != u"missing-node") {
            grouped.append(finding);
            continue;
        }
        if (!types.contains(finding.nodeType)) {
            types.insert(finding.nodeType, {grouped.size(), {}, {}});
            grouped.append(finding);
        }
        MissingType& missing = types[finding.nodeType];
        Diagnostic& shown = grouped[missing.place];
        if (finding.severity > shown.severity) {
            shown = finding; // the first that would be sent
        }
        note(missing, finding, workflow);
    }
    for (const MissingType& missing : std::as_const(types)) {
        Diagnostic& shown = grouped[missing.place];
        shown.message = QStringList{missingSentence(shown.nodeType), describe(missing.uses),
                                    advice(shown.nodeType, missing.packs)}
                            .join(u' ');
        shown.details = detailsOf(missing);
    }
    return grouped;
}

} // namespace gesso
