// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/missingnodes.h"
#include "core/workflow/modelfiles.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/workflow.h"

namespace gesso {

// What a workflow needs of a server: gathered once when its file is read, so that it can be compared with any
// server's catalogue without reading the file again.
struct WorkflowNeeds {
    struct Node {
        QString type;
        NodePack pack;

        bool operator==(const Node&) const = default;
    };
    // A file of a model that a node has among its values.
    struct Model {
        QString name; // as it stands there, perhaps with folders
        QStringList types; // classes of which one must offer it: the node's, or those inside a subgraph
        ModelFile source; // what the workflow says about it; empty if nothing

        bool operator==(const Model&) const = default;
    };
    QList<Node> nodes; // each class once, in file order
    QList<Model> models; // each once

    bool operator==(const WorkflowNeeds&) const = default;
    bool isEmpty() const { return nodes.isEmpty() && models.isEmpty(); }
};

// Without muted and bypassed nodes and without what the front end alone knows. Pure.
WorkflowNeeds needsOf(const Workflow& workflow);

// The part that a server with this catalogue lacks; nothing for an empty one (not connected). A model counts
// as lacking if its node's class offers files of models and not this one. Pure; any thread.
WorkflowNeeds lackingOf(const WorkflowNeeds& needs, const NodeCatalog& catalog);

// "Needs 3 nodes, 1 model"; empty for nothing.
QString needsSummary(const WorkflowNeeds& lacking);

// A line for each: classes with their packs, models with folder and link. Foreign text, to be shown as plain
// text only.
QString needsList(const WorkflowNeeds& lacking);

} // namespace gesso
