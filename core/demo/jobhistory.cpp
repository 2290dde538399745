// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/jobhistory.h"

#include <algorithm>

namespace gesso::demo {

void JobHistory::add(const QString& promptId, Json entry)
{
    remove(promptId); // a repeated id replaces, as in Python's dict (which would keep the old place)
    if (m_entries.size() >= maxEntries) {
        m_entries.erase(m_entries.begin());
    }
    m_entries.emplace_back(promptId, std::move(entry));
}

void JobHistory::remove(const QString& promptId)
{
    std::erase_if(m_entries, [&promptId](const auto& entry) { return entry.first == promptId; });
}

void JobHistory::clear()
{
    m_entries.clear();
}

Json JobHistory::one(const QString& promptId) const
{
    Json found = Json::object();
    for (const auto& [id, entry] : m_entries) {
        if (id == promptId) {
            found[id.toStdString()] = entry;
        }
    }
    return found;
}

Json JobHistory::list(std::optional<qint64> maxItems, qint64 offset) const
{
    const qint64 size = static_cast<qint64>(m_entries.size());
    qint64 first = std::max<qint64>(offset, 0);
    if (offset < 0 && maxItems) {
        first = std::max<qint64>(size - std::max<qint64>(*maxItems, 0), 0);
    }
    const qint64 count = maxItems ? std::max<qint64>(*maxItems, 0) : size;
    Json listed = Json::object();
    for (qint64 i = first; i < size && i - first < count; ++i) {
        const auto& [id, entry] = m_entries[static_cast<std::size_t>(i)];
        listed[id.toStdString()] = entry;
    }
    return listed;
}

} // namespace gesso::demo
