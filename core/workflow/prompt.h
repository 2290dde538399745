// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QHash>
#include <QList>

#include <utility>

namespace gesso {

// One node of an API-format prompt. A link is the JSON array ["<origin id>", <slot>].
struct PromptNode {
    NodeId id;
    QString classType;
    QString title; // _meta.title; empty if absent
    QList<std::pair<QString, Json>> inputs; // emission order
    Json meta; // other members of _meta (cnr_id, aux_id, ver), or null

    const Json* input(const QString& name) const;
    Json* input(const QString& name);
    void setInput(const QString& name, Json value);
};

// A workflow in API format: what POST /prompt takes as "prompt".
struct Prompt {
    QList<PromptNode> nodes; // emission order

    const PromptNode* node(const NodeId& id) const; // O(1) after rebuildIndex
    PromptNode* node(const NodeId& id);
    bool isEmpty() const { return nodes.isEmpty(); }

    void rebuildIndex();

private:
    QHash<NodeId, qsizetype> m_index;
};

// {"id": {"inputs": {...}, "class_type": "...", "_meta": {"title": "..."}}, …}
Json toJson(const Prompt& prompt);

// A link's origin and slot, if `value` is one.
std::optional<std::pair<NodeId, int>> asLink(const Json& value);

} // namespace gesso
