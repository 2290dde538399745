// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/fieldindex.h"

namespace gesso {
namespace {

// A hostile chain of nodes must not exhaust the stack; no real graph comes near.
constexpr qsizetype kMaxVisited = 4000;

// Links that carry a value a person could have typed.
bool carriesValue(const FormInput& input)
{
    static const QSet<QString> types{QStringLiteral("STRING"), QStringLiteral("INT"),
                                     QStringLiteral("FLOAT"),  QStringLiteral("BOOLEAN"),
                                     QStringLiteral("COMBO"),  QStringLiteral("*")};
    return types.contains(input.type) || input.type.contains(QLatin1String("MATCHTYPE"));
}

} // namespace

FieldIndex::FieldIndex(const FormNodes& nodes, const QList<Field>& fields)
    : m_nodes(nodes)
    , m_fields(fields)
{
    for (qsizetype i = 0; i < fields.size(); ++i) {
        m_fieldsOf[nodes.index.value(fields.at(i).ref.node, -1)].append(i);
    }
}

qsizetype FieldIndex::fieldAt(qsizetype node, const QString& input) const
{
    for (const qsizetype index : fieldsOf(node)) {
        if (m_fields.at(index).ref.input == input) {
            return index;
        }
    }
    return -1;
}

QList<qsizetype> FieldIndex::behind(qsizetype node, const QString& input, const Matches& matches) const
{
    QSet<qsizetype> visited;
    QList<qsizetype> found;
    collect(node, input, matches, visited, found);
    return found;
}

void FieldIndex::collect(qsizetype node, const QString& input, const Matches& matches,
                         QSet<qsizetype>& visited, QList<qsizetype>& found) const
{
    const qsizetype own = fieldAt(node, input);
    if (own >= 0 && !m_fields.at(own).linked) {
        if (matches(m_fields.at(own)) && !found.contains(own)) {
            found.append(own);
        }
        return;
    }
    const FormInput* slot = m_nodes.nodes.at(node).input(input);
    if (!slot || !slot->source || visited.contains(slot->source->node) || visited.size() > kMaxVisited) {
        return;
    }
    const qsizetype origin = slot->source->node;
    visited.insert(origin);
    for (const qsizetype candidate : fieldsOf(origin)) {
        if (!m_fields.at(candidate).linked && matches(m_fields.at(candidate)) && !found.contains(candidate)) {
            found.append(candidate);
        }
    }
    for (const FormInput& upstream : m_nodes.nodes.at(origin).inputs) {
        if (upstream.linked && carriesValue(upstream)) {
            collect(origin, upstream.name, matches, visited, found);
        }
    }
}

} // namespace gesso
