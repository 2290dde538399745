// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QString>

#include <compare>
#include <utility>

namespace gesso {

// A string that cannot be mistaken for another kind of id. Ids are opaque: ComfyUI's node ids are numbers
// in most files, "12:5" inside subgraphs and "2.0.0.1" for expanded nodes, so they are kept as text.
template <typename Tag> class StrongId
{
public:
    StrongId() = default;
    explicit StrongId(QString text)
        : m_text(std::move(text))
    {
    }

    const QString& toString() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    bool operator==(const StrongId&) const = default;
    auto operator<=>(const StrongId& other) const { return m_text.compare(other.m_text) <=> 0; }

private:
    QString m_text;
};

template <typename Tag> size_t qHash(const StrongId<Tag>& id, size_t seed = 0)
{
    return qHash(id.toString(), seed);
}

using NodeId = StrongId<struct NodeIdTag>;
using PromptId = StrongId<struct PromptIdTag>;
using ServerId = StrongId<struct ServerIdTag>;

} // namespace gesso
