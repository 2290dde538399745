// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/form/formnodes.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace gesso {

// Finds fields from the graph's side: those of a node, and those that give the value an input receives.
class FieldIndex
{
public:
    FieldIndex(const FormNodes& nodes, const QList<Field>& fields);

    const FormNode& node(qsizetype index) const { return m_nodes.nodes.at(index); }
    qsizetype nodeCount() const { return m_nodes.nodes.size(); }
    const Field& field(qsizetype index) const { return m_fields.at(index); }
    QList<qsizetype> fieldsOf(qsizetype node) const { return m_fieldsOf.value(node); }
    qsizetype nodeOf(const Field& field) const { return m_nodes.index.value(field.ref.node, -1); }
    qsizetype fieldAt(qsizetype node, const QString& input) const; // -1 if none

    // The fields that decide the value of an input: its own widget, or, where that is driven by a link, the
    // matching widgets of the nodes that drive it (primitives, switches, text joiners).
    using Matches = std::function<bool(const Field&)>;
    QList<qsizetype> behind(qsizetype node, const QString& input, const Matches& matches) const;

private:
    void collect(qsizetype node, const QString& input, const Matches& matches, QSet<qsizetype>& visited,
                 QList<qsizetype>& found) const;

    const FormNodes& m_nodes;
    const QList<Field>& m_fields;
    QHash<qsizetype, QList<qsizetype>> m_fieldsOf;
};

} // namespace gesso
