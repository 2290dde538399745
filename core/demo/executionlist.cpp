// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/executionlist.h"

namespace gesso::demo {

ExecutionList::ExecutionList(const PromptIndex& prompt, const QStringList& outputs, const Test& isCached,
                             Test isOutput)
    : m_isOutput(std::move(isOutput))
{
    for (const QString& output : outputs) {
        add(output, prompt, isCached);
    }
}

void ExecutionList::add(const QString& first, const PromptIndex& prompt, const Test& isCached)
{
    QStringList toEnter{first};
    while (!toEnter.isEmpty()) {
        const QString id = toEnter.takeLast();
        if (m_entered.contains(id)) {
            continue;
        }
        m_entered.insert(id);
        m_pending.append(id);
        for (const PromptIndex::Link& link : prompt.links(id)) {
            if (!isCached(link.origin) && !m_blocking.value(link.origin).contains(id)) {
                toEnter.append(link.origin);
                m_blocking[link.origin].append(id);
                ++m_blockCount[id];
            }
        }
    }
}

bool ExecutionList::leadsToOutput(const QString& id, int steps) const
{
    if (steps == 0) {
        return m_isOutput(id);
    }
    const QStringList waiting = m_blocking.value(id);
    return std::any_of(waiting.begin(), waiting.end(),
                       [this, steps](const QString& next) { return leadsToOutput(next, steps - 1); });
}

QString ExecutionList::pick(const QStringList& ready) const
{
    for (int steps = 0; steps <= 2; ++steps) {
        for (const QString& id : ready) {
            if (leadsToOutput(id, steps)) {
                return id;
            }
        }
    }
    return ready.value(0);
}

QString ExecutionList::takeNext()
{
    QStringList ready;
    for (const QString& id : m_pending) {
        if (m_blockCount.value(id) == 0) {
            ready.append(id);
        }
    }
    const QString next = pick(ready);
    m_pending.removeOne(next);
    for (const QString& waiting : m_blocking.value(next)) {
        --m_blockCount[waiting];
    }
    return next;
}

} // namespace gesso::demo
