// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/resultcache.h"

namespace gesso::demo {

const NodeResult* ResultCache::find(const QByteArray& signature) const
{
    return m_results.value(signature).get();
}

void ResultCache::add(const QByteArray& signature, NodeResult result)
{
    m_results.insert(signature, std::make_shared<const NodeResult>(std::move(result)));
}

void ResultCache::keepOnly(const QSet<QByteArray>& signatures)
{
    m_results.removeIf([&signatures](const auto& it) { return !signatures.contains(it.key()); });
}

} // namespace gesso::demo
