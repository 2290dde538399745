// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/appmode.h"

namespace gesso {

QList<AppModeInput> appModeInputs(const Workflow& workflow)
{
    const Graph* graph = workflow.graph();
    const Json* data = graph ? member(graph->extra, "linearData") : nullptr;
    const Json* inputs = data ? member(*data, "inputs") : nullptr;
    if (!inputs || !inputs->is_array()) {
        return {};
    }
    QList<AppModeInput> chosen;
    for (const Json& entry : *inputs) {
        if (!entry.is_array() || entry.size() < 2) {
            continue;
        }
        const QString node = idText(entry[0]);
        const QString widget = toQString(entry[1]);
        if (!node.isEmpty() && !widget.isEmpty()) {
            const QString description = entry.size() > 2 ? stringMember(entry[2], "description") : QString();
            chosen.append({{NodeId(node), widget}, description});
        }
    }
    return chosen;
}

} // namespace gesso
