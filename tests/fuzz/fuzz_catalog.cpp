// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/nodecatalog.h"
#include "core/workflow/widgetlayout.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Any bytes as /object_info; every definition found is parsed and asked for its widgets.
void fuzz(const QByteArray& bytes)
{
    const auto catalog = NodeCatalog::parse(bytes);
    if (!catalog) {
        return;
    }
    GraphNode node;
    node.widgetsValues = Json::array({1, "a", nullptr});
    for (const QString& type : (*catalog)->types()) {
        const NodeDefinition* definition = (*catalog)->find(type);
        if (!definition) {
            continue;
        }
        for (const WidgetColumn& column : widgetColumns(*definition, node)) {
            (void)widgetValue(*definition, node, column.input->name);
            (void)setWidgetValue(*definition, node, column.input->name, 5);
        }
    }
}
