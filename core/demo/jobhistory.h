// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace gesso::demo {

// Finished jobs, oldest first, at most as many as ComfyUI keeps.
class JobHistory
{
public:
    static constexpr std::size_t maxEntries = 10000;

    void add(const QString& promptId, Json entry);
    void remove(const QString& promptId);
    void clear();

    // {id: entry}; {} if unknown.
    Json one(const QString& promptId) const;
    // maxItems alone: the newest; with an offset (≥ 0), counted from the oldest.
    Json list(std::optional<qint64> maxItems, qint64 offset = -1) const;

private:
    std::vector<std::pair<QString, Json>> m_entries;
};

} // namespace gesso::demo
