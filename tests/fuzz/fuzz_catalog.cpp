// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/nodecatalog.h"
#include "core/workflow/widgetlayout.h"

#include <cstddef>
#include <cstdint>

// Any bytes as /object_info; every definition found is parsed and asked for its widgets.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto catalog =
        gesso::NodeCatalog::parse(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    if (!catalog) {
        return 0;
    }
    gesso::GraphNode node;
    node.widgetsValues = gesso::Json::array({1, "a", nullptr});
    for (const QString& type : (*catalog)->types()) {
        const gesso::NodeDefinition* definition = (*catalog)->find(type);
        if (!definition) {
            continue;
        }
        for (const gesso::WidgetColumn& column : gesso::widgetColumns(*definition, node)) {
            (void)gesso::widgetValue(*definition, node, column.input->name);
            (void)gesso::setWidgetValue(*definition, node, column.input->name, 5);
        }
    }
    return 0;
}
