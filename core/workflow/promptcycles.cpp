// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/promptcycles.h"

namespace gesso {
namespace {

enum class Mark { Open, Done };

struct Visit {
    const PromptNode* node = nullptr;
    qsizetype nextInput = 0;
};

} // namespace

// Depth first with a stack of its own: a chain may be longer than the thread's stack is deep.
QList<QList<NodeId>> findCycles(const Prompt& prompt)
{
    QList<QList<NodeId>> cycles;
    QHash<NodeId, Mark> marks;
    for (const PromptNode& start : prompt.nodes) {
        if (marks.contains(start.id)) {
            continue;
        }
        QList<Visit> path{{&start, 0}};
        marks.insert(start.id, Mark::Open);
        while (!path.isEmpty()) {
            Visit& visit = path.last();
            if (visit.nextInput >= visit.node->inputs.size()) {
                marks.insert(visit.node->id, Mark::Done);
                path.removeLast();
                continue;
            }
            const auto link = asLink(visit.node->inputs.at(visit.nextInput++).second);
            const PromptNode* origin = link ? prompt.node(link->first) : nullptr;
            if (!origin) {
                continue;
            }
            const auto mark = marks.constFind(origin->id);
            if (mark == marks.constEnd()) {
                marks.insert(origin->id, Mark::Open);
                path.append({origin, 0});
            } else if (*mark == Mark::Open) {
                QList<NodeId> cycle;
                for (qsizetype i = path.size() - 1; i >= 0; --i) {
                    cycle.prepend(path.at(i).node->id);
                    if (path.at(i).node->id == origin->id) {
                        break;
                    }
                }
                cycles.append(cycle);
            }
        }
    }
    return cycles;
}

} // namespace gesso
