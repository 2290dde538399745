// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/workflow.h"

#include <QString>
#include <QStringList>

namespace gesso {

// Where a node's class comes from, as the front end writes it into the node's properties: "cnr_id" (its name
// in the registry of packs), "aux_id" (owner/repository) and "ver". Foreign text: one line each, cut short.
struct NodePack {
    QString id; // "comfyui-impact-pack"; "comfy-core" for what ComfyUI itself brings
    QString source; // "ltdrdata/ComfyUI-Impact-Pack"
    QString version; // a version or a commit

    bool operator==(const NodePack&) const = default;
    bool isEmpty() const { return id.isEmpty() && source.isEmpty(); }
};

// What is wrong with a type that the server lacks, in one sentence: a class, or a subgraph or group node that
// the file itself should carry.
QString missingSentence(const QString& type);

// From a node's properties, or from the _meta of a prompt's node.
NodePack packOf(const Json& properties);

// Puts the findings missing-node of one class together to one: with every place it is used in (titles, ids,
// the subgraphs around it) and the packs it comes with, so that a person knows what to install. It stands
// where the first of them stood, and is an error if any of them is. Pure.
Diagnostics groupMissingNodes(const Diagnostics& findings, const Workflow& workflow);

// Without the findings required-input-missing of inputs that are linked to a missing node, or to a subgraph
// with one inside, also by way of reroutes: they are mended together with it, and would only hide it. Pure.
Diagnostics withoutConsequences(const Diagnostics& findings, const Workflow& workflow);

} // namespace gesso
