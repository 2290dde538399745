// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/modelfiles.h"

#include "core/workflow/foreigntext.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kMaxModels = 10'000;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::ModelFiles", text);
}

QString fileName(QString path)
{
    return path.replace(QLatin1Char('\\'), QLatin1Char('/')).section(QLatin1Char('/'), -1).toLower();
}

// A folder below the server's models: never one that leads out of it.
QString safeFolder(const QString& folder)
{
    const QString shown = foreignText(QString(folder).replace(QLatin1Char('\\'), QLatin1Char('/')), 200);
    const QStringList steps = shown.split(QLatin1Char('/'));
    const bool leadsOut = shown.startsWith(QLatin1Char('/')) || shown.contains(QLatin1Char(':'))
        || steps.contains(QStringLiteral("..")) || steps.contains(QStringLiteral("."));
    return leadsOut ? QString() : shown;
}

ModelFile readModel(const Json& json)
{
    return {foreignText(stringMember(json, "name"), 300), safeFolder(stringMember(json, "directory")),
            foreignLink(stringMember(json, "url")), foreignText(stringMember(json, "hash"), 128),
            foreignText(stringMember(json, "hash_type"), 20)};
}

void collect(const Json* models, QList<ModelFile>& found)
{
    if (!models || !models->is_array()) {
        return;
    }
    for (const Json& entry : *models) {
        const ModelFile model = readModel(entry);
        if (found.size() < kMaxModels && !model.name.isEmpty()) {
            found.append(model);
        }
    }
}

void collect(const GraphLevel& level, QList<ModelFile>& found)
{
    for (const GraphNode& node : level.nodes) {
        collect(member(node.properties, "models"), found);
    }
}

QList<ModelFile> eachOnce(const QList<ModelFile>& models)
{
    QList<ModelFile> unique;
    QHash<QString, QList<qsizetype>> known; // by name: places in `unique`
    for (const ModelFile& model : models) {
        QList<qsizetype>& places = known[model.name];
        const bool isKnown = std::any_of(places.cbegin(), places.cend(),
                                         [&](qsizetype place) { return unique.at(place) == model; });
        if (!isKnown) {
            places.append(unique.size());
            unique.append(model);
        }
    }
    return unique;
}

QString advice(const ModelFile& model)
{
    QStringList sentences;
    if (!model.folder.isEmpty()) {
        sentences.append(tr("Save it in models/%1 on the server.").arg(model.folder));
    }
    if (!model.link.isEmpty()) {
        sentences.append(tr("The workflow names this source: %1").arg(model.link));
    }
    return sentences.join(u' ');
}

void explain(Diagnostic& finding, const QList<ModelFile>& models)
{
    Json links = Json::array();
    for (const ModelFile& model : models) {
        if (!model.link.isEmpty()) {
            links.push_back(toJson(model.link));
        }
    }
    const ModelFile& model = models.constFirst();
    finding.code = QStringLiteral("missing-model");
    finding.message = QStringList{tr("This server has no “%1”.").arg(model.name), advice(model)}.join(u' ');
    finding.details = Json::object({{"name", toJson(model.name)},
                                    {"folder", toJson(model.folder)},
                                    {"links", std::move(links)},
                                    {"hash", toJson(model.hash)},
                                    {"hashType", toJson(model.hashType)}});
}

} // namespace

QList<ModelFile> modelFilesOf(const Workflow& workflow)
{
    QList<ModelFile> found;
    if (const Graph* graph = workflow.graph()) {
        collect(graph->root, found);
        for (const SubgraphDefinition& subgraph : graph->subgraphs) {
            collect(subgraph.level, found);
        }
        collect(member(graph->raw, "models"), found);
    }
    return eachOnce(found);
}

QString withoutModelSuffix(const QString& path)
{
    static const QStringList suffixes{
        QStringLiteral(".safetensors"), QStringLiteral(".sft"),  QStringLiteral(".ckpt"),
        QStringLiteral(".pt"),          QStringLiteral(".pt2"),  QStringLiteral(".pth"),
        QStringLiteral(".bin"),         QStringLiteral(".gguf"), QStringLiteral(".onnx"),
        QStringLiteral(".pkl"),
    };
    for (const QString& suffix : suffixes) {
        if (path.endsWith(suffix, Qt::CaseInsensitive)) {
            return path.chopped(suffix.size());
        }
    }
    return path;
}

Diagnostics explainMissingModels(Diagnostics findings, const Workflow& workflow, const Prompt& prompt)
{
    QHash<QString, QList<ModelFile>> known; // by file name
    for (const ModelFile& model : modelFilesOf(workflow)) {
        if (!model.folder.isEmpty() || !model.link.isEmpty()) {
            known[fileName(model.name)].append(model);
        }
    }
    if (known.isEmpty()) {
        return findings;
    }
    for (Diagnostic& finding : findings) {
        const PromptNode* node = finding.code == u"value-not-in-list" ? prompt.node(finding.node) : nullptr;
        const Json* value = node ? node->input(finding.input) : nullptr;
        const auto models = value ? known.constFind(fileName(toQString(*value))) : known.constEnd();
        if (models != known.constEnd()) {
            explain(finding, *models);
        }
    }
    return findings;
}

} // namespace gesso
