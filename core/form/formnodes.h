// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"
#include "core/workflow/workflow.h"

#include <QHash>

#include <optional>

namespace gesso {

// Where a value comes from, once reroutes, bypassed nodes and subgraph borders have been followed.
struct FormSource {
    qsizetype node = -1; // index into FormNodes::nodes
    int slot = 0;
};

struct FormInput {
    QString name;
    QString type; // as declared by the server, else as saved; "*" if nobody says
    QString label; // the author's own name, may be empty
    bool linked = false; // something drives it, even where that could not be followed
    std::optional<FormSource> source;
};

// A node as the form sees it, whichever document it comes from.
struct FormNode {
    NodeId id; // path from the root: "3", "12:5"
    QString type;
    QString title; // author's, else the server's display name, else the type
    const NodeDefinition* definition = nullptr; // nullptr if the server lacks it, and for primitives
    const GraphNode* graphNode = nullptr; // exactly one of these two is set
    const PromptNode* promptNode = nullptr;
    bool isActive = true; // not muted, not bypassed, nor inside an instance that is
    QList<FormInput> inputs;
    const InputDefinition* drives = nullptr; // primitives: the first widget they write into

    const FormInput* input(const QString& name) const;
    QString outputName(int slot) const;
    QString outputType(int slot) const;
    bool isPrimitive() const;
};

// All nodes of a workflow that carry widgets or values, those inside subgraph instances included. Borrows
// from the workflow and the catalogue: use it only while both live.
struct FormNodes {
    QList<FormNode> nodes; // document order, a subgraph's nodes after its instance
    QHash<NodeId, qsizetype> index;
};

FormNodes readFormNodes(const Workflow& workflow, const NodeCatalog& catalog);

// Nodes that only exist on the canvas and never carry a value of the prompt.
bool isCanvasOnly(const GraphNode& node, const NodeCatalog& catalog);

} // namespace gesso
