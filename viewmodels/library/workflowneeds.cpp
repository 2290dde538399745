// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/workflowneeds.h"

#include "core/workflow/conversion/virtualnodes.h"
#include "core/workflow/foreigntext.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace gesso {

namespace {

constexpr qsizetype maxNeeds = 1000; // of each kind
constexpr qsizetype maxNameLength = 300;
constexpr qsizetype maxListed = 40; // lines

QString text(const char* source)
{
    return QCoreApplication::translate("WorkflowNeeds", source);
}

QString counted(qsizetype count, const char* one, const char* several)
{
    return count == 1 ? text(one) : text(several).arg(count);
}

QString fileName(QString path)
{
    return path.replace(u'\\', u'/').section(u'/', -1).toLower();
}

bool isModelFile(const Json& value)
{
    const QString name = toQString(value);
    return name.size() < maxNameLength && !name.contains(u'\n') && withoutModelSuffix(name) != name;
}

class Collector
{
public:
    explicit Collector(const Workflow& workflow)
    {
        for (const ModelFile& model : modelFilesOf(workflow)) {
            m_sources.insert(fileName(model.name), model);
        }
    }

    void addNode(const QString& type, const NodePack& pack)
    {
        if (!m_types.contains(type) && m_needs.nodes.size() < maxNeeds) {
            m_types.insert(type);
            m_needs.nodes.append({type, pack});
        }
    }

    void addModels(const Json& values, const QStringList& types)
    {
        if (values.is_structured()) {
            for (const Json& value : values) {
                addModel(value, types);
            }
        }
    }

    void addModel(const Json& value, const QStringList& types)
    {
        if (!isModelFile(value) || m_needs.models.size() >= maxNeeds) {
            return;
        }
        const QString name = toQString(value);
        const QString key = QStringList{name, types.join(u'\n')}.join(u'\n');
        if (!m_models.contains(key)) {
            m_models.insert(key);
            m_needs.models.append({name, types, m_sources.value(fileName(name))});
        }
    }

    WorkflowNeeds take() { return std::move(m_needs); }

private:
    WorkflowNeeds m_needs;
    QHash<QString, ModelFile> m_sources; // by file name
    QSet<QString> m_types;
    QSet<QString> m_models;
};

bool isGroupNode(const QString& type)
{
    return type.startsWith(u"workflow>") || type.startsWith(u"workflow/");
}

bool runs(const GraphNode& node)
{
    return node.mode != NodeMode::Never && node.mode != NodeMode::Bypass;
}

void collect(const GraphLevel& level, const Graph& graph, Collector& collector)
{
    for (const GraphNode& node : level.nodes) {
        if (!runs(node)) {
            continue;
        }
        if (const SubgraphDefinition* inside = graph.subgraph(node.type)) {
            QStringList types;
            for (const GraphNode& inner : inside->level.nodes) {
                types.append(inner.type);
            }
            types.removeDuplicates();
            collector.addModels(node.widgetsValues, types);
        } else if (!conversion::virtualKind(node) && !isGroupNode(node.type)) {
            collector.addNode(node.type, packOf(node.properties));
            collector.addModels(node.widgetsValues, {node.type});
        }
    }
}

// The server's class of this name, or of the name it has today.
const NodeDefinition* find(const NodeCatalog& catalog, const QString& type)
{
    const NodeDefinition* definition = catalog.find(type);
    return definition ? definition : catalog.find(conversion::currentTypeName(type));
}

bool offersModels(const InputDefinition& input)
{
    return input.widgetType() == u"COMBO" && input.choices.is_array()
        && (input.choices.empty() || std::any_of(input.choices.begin(), input.choices.end(), isModelFile));
}

enum class Offer { None, Others, This };

Offer offerOf(const QString& type, const QString& name, const NodeCatalog& catalog)
{
    Offer offer = Offer::None;
    if (const NodeDefinition* definition = find(catalog, type)) {
        for (const InputDefinition& input : definition->inputs) {
            if (!offersModels(input)) {
                continue;
            }
            offer = Offer::Others;
            const Json wanted = toJson(name);
            if (std::find(input.choices.begin(), input.choices.end(), wanted) != input.choices.end()) {
                return Offer::This;
            }
        }
    }
    return offer;
}

bool isLacking(const WorkflowNeeds::Model& model, const NodeCatalog& catalog)
{
    bool offered = false; // by a class that has such a list
    for (const QString& type : model.types) {
        const Offer offer = offerOf(type, model.name, catalog);
        if (offer == Offer::This) {
            return false;
        }
        offered = offered || offer == Offer::Others;
    }
    return offered;
}

QString describe(const WorkflowNeeds::Node& node)
{
    const QString pack = node.pack.id.isEmpty() ? node.pack.source : node.pack.id;
    const QString type = foreignText(node.type);
    return pack.isEmpty() ? text("Node %1").arg(type) : text("Node %1, of the pack %2").arg(type, pack);
}

QString describe(const WorkflowNeeds::Model& model)
{
    QStringList parts{text("Model %1").arg(foreignText(model.name, maxNameLength))};
    if (!model.source.folder.isEmpty()) {
        parts.append(text("for models/%1").arg(model.source.folder));
    }
    if (!model.source.link.isEmpty()) {
        parts.append(model.source.link);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace

WorkflowNeeds needsOf(const Workflow& workflow)
{
    Collector collector(workflow);
    if (const Graph* graph = workflow.graph()) {
        collect(graph->root, *graph, collector);
        for (const SubgraphDefinition& subgraph : graph->subgraphs) {
            collect(subgraph.level, *graph, collector);
        }
    } else if (const Prompt* prompt = workflow.prompt()) {
        for (const PromptNode& node : prompt->nodes) {
            collector.addNode(node.classType, packOf(node.meta));
            for (const auto& [name, value] : node.inputs) {
                collector.addModel(value, {node.classType});
            }
        }
    }
    return collector.take();
}

WorkflowNeeds lackingOf(const WorkflowNeeds& needs, const NodeCatalog& catalog)
{
    WorkflowNeeds lacking;
    if (catalog.size() == 0) {
        return lacking;
    }
    std::copy_if(needs.nodes.begin(), needs.nodes.end(), std::back_inserter(lacking.nodes),
                 [&catalog](const WorkflowNeeds::Node& node) { return !find(catalog, node.type); });
    QSet<QString> named;
    for (const WorkflowNeeds::Model& model : needs.models) {
        if (isLacking(model, catalog) && !named.contains(fileName(model.name))) {
            named.insert(fileName(model.name));
            lacking.models.append(model);
        }
    }
    return lacking;
}

QString needsSummary(const WorkflowNeeds& lacking)
{
    const QString nodes = counted(lacking.nodes.size(), "1 node", "%1 nodes");
    const QString models = counted(lacking.models.size(), "1 model", "%1 models");
    if (lacking.isEmpty()) {
        return {};
    }
    if (lacking.models.isEmpty()) {
        return text("Needs %1").arg(nodes);
    }
    return lacking.nodes.isEmpty() ? text("Needs %1").arg(models) : text("Needs %1, %2").arg(nodes, models);
}

QString needsList(const WorkflowNeeds& lacking)
{
    QStringList lines;
    for (const WorkflowNeeds::Node& node : lacking.nodes) {
        lines.append(describe(node));
    }
    for (const WorkflowNeeds::Model& model : lacking.models) {
        lines.append(describe(model));
    }
    if (const qsizetype others = lines.size() - maxListed; others > 0) {
        lines = lines.first(maxListed);
        lines.append(text("and %1 more").arg(others));
    }
    return lines.join(u'\n');
}

} // namespace gesso
