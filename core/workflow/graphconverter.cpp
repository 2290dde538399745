// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/graphconverter.h"

#include "core/workflow/conversion/promptemitter.h"
#include "core/workflow/conversion/subgraphexpander.h"

namespace gesso {

Result<Conversion> convertGraph(const Graph& graph, const NodeCatalog& catalog, const ConversionOptions& options)
{
    Conversion conversion;
    const auto live = conversion::SubgraphExpander(graph, catalog, conversion.diagnostics).expand();
    conversion.prompt = conversion::PromptEmitter(*live, options, conversion.diagnostics).emitAll();
    return conversion;
}

} // namespace gesso
