// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodecontext.h"
#include "core/demo/nodeinfo.h"

#include <QHash>

namespace gesso::demo {

struct NodeType {
    QString name;
    Json info; // its entry of /object_info, with empty file lists
    NodeFunction run;
    bool isOutput = false;
    QList<InputSpec> inputs; // points into info
    QStringList outputTypes;
    QStringList fileInputs; // inputs that name a picture of the input folder
};

// All node classes of the demo server, in the order of /object_info. Immutable once made: safe in all
// threads.
class NodeLibrary
{
public:
    NodeLibrary();
    NodeLibrary(const NodeLibrary&) = delete;
    NodeLibrary& operator=(const NodeLibrary&) = delete;

    void add(const NodeInfo& info, NodeFunction run);

    const NodeType* find(const QString& className) const;
    // One entry or all, with the lists of pictures that are in the input folder now.
    Json objectInfo(const Folders& folders) const;
    Json objectInfo(const Folders& folders, const QString& className) const; // {} if unknown

private:
    Json describe(const NodeType& type, const QStringList& files) const;

    std::vector<std::unique_ptr<NodeType>> m_types;
    QHash<QString, const NodeType*> m_byName;
};

// The choices of the loaders; also answered by /models/{folder}.
QStringList checkpointNames();
QStringList styleNames();

} // namespace gesso::demo
