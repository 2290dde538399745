// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/workflowkind.h"

#include <QCoreApplication>
#include <QSet>

#include <array>

namespace gesso {

namespace {

// Drawn by the web front end alone: no server lists them.
bool isFrontEndOnly(const QString& type)
{
    static const QSet<QString> types{QStringLiteral("Note"), QStringLiteral("MarkdownNote"),
                                     QStringLiteral("Reroute"), QStringLiteral("PrimitiveNode")};
    return types.contains(type) || type.startsWith(u"workflow>") || type.startsWith(u"workflow/");
}

void collect(const GraphLevel& level, const Graph& graph, QSet<QString>& seen, QStringList& types)
{
    for (const GraphNode& node : level.nodes) {
        const bool runs = node.mode != NodeMode::Never && node.mode != NodeMode::Bypass;
        const bool counts = runs && !isFrontEndOnly(node.type) && graph.subgraph(node.type) == nullptr;
        if (counts && !seen.contains(node.type)) {
            seen.insert(node.type);
            types.append(node.type);
        }
    }
}

struct KindRule {
    QLatin1String part; // of the class name
    const char* kind;
};

// The first that fits any node wins: a video workflow may also save a still.
constexpr std::array kindRules{
    KindRule{QLatin1String("SaveVideo"), QT_TRANSLATE_NOOP("WorkflowKind", "Video")},
    KindRule{QLatin1String("VideoCombine"), QT_TRANSLATE_NOOP("WorkflowKind", "Video")},
    KindRule{QLatin1String("SaveWEBM"), QT_TRANSLATE_NOOP("WorkflowKind", "Video")},
    KindRule{QLatin1String("SaveAnimated"), QT_TRANSLATE_NOOP("WorkflowKind", "Video")},
    KindRule{QLatin1String("PreviewVideo"), QT_TRANSLATE_NOOP("WorkflowKind", "Video")},
    KindRule{QLatin1String("SaveGLB"), QT_TRANSLATE_NOOP("WorkflowKind", "3D")},
    KindRule{QLatin1String("Preview3D"), QT_TRANSLATE_NOOP("WorkflowKind", "3D")},
    KindRule{QLatin1String("SaveAudio"), QT_TRANSLATE_NOOP("WorkflowKind", "Sound")},
    KindRule{QLatin1String("PreviewAudio"), QT_TRANSLATE_NOOP("WorkflowKind", "Sound")},
    KindRule{QLatin1String("SaveImage"), QT_TRANSLATE_NOOP("WorkflowKind", "Picture")},
    KindRule{QLatin1String("PreviewImage"), QT_TRANSLATE_NOOP("WorkflowKind", "Picture")},
    KindRule{QLatin1String("PreviewAny"), QT_TRANSLATE_NOOP("WorkflowKind", "Text")},
};

} // namespace

QStringList nodeTypesOf(const Workflow& workflow)
{
    QSet<QString> seen;
    QStringList types;
    if (const Graph* graph = workflow.graph()) {
        collect(graph->root, *graph, seen, types);
        for (const SubgraphDefinition& subgraph : graph->subgraphs) {
            collect(subgraph.level, *graph, seen, types);
        }
    } else if (const Prompt* prompt = workflow.prompt()) {
        for (const PromptNode& node : prompt->nodes) {
            if (!seen.contains(node.classType)) {
                seen.insert(node.classType);
                types.append(node.classType);
            }
        }
    }
    return types;
}

QString workflowKind(const QStringList& nodeTypes)
{
    for (const KindRule& rule : kindRules) {
        for (const QString& type : nodeTypes) {
            if (type.contains(rule.part)) {
                return QCoreApplication::translate("WorkflowKind", rule.kind);
            }
        }
    }
    return QCoreApplication::translate("WorkflowKind", "Workflow");
}

} // namespace gesso
