// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/promptindex.h"

#include <QHash>
#include <QSet>

#include <functional>

namespace gesso::demo {

// Which node runs next. The order is ComfyUI's: among those whose origins are done, an output node first,
// then one that leads straight to an output, then one two steps away, then the first that came into the list.
class ExecutionList
{
public:
    using Test = std::function<bool(const QString& id)>;

    // Cached origins are not entered; a cached output is, and is reported when its turn comes.
    ExecutionList(const PromptIndex& prompt, const QStringList& outputs, const Test& isCached, Test isOutput);

    bool isEmpty() const { return m_pending.isEmpty(); }
    QString takeNext(); // empty if all the rest waits for itself (a cycle)

private:
    void add(const QString& id, const PromptIndex& prompt, const Test& isCached);
    bool leadsToOutput(const QString& id, int steps) const;
    QString pick(const QStringList& ready) const;

    QStringList m_pending; // in the order of entering
    QSet<QString> m_entered;
    QHash<QString, int> m_blockCount;
    QHash<QString, QStringList> m_blocking; // origin → those that wait for it
    Test m_isOutput;
};

} // namespace gesso::demo
