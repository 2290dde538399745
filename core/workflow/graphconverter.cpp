// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/graphconverter.h"

#include "core/workflow/conversion/groupnodes.h"
#include "core/workflow/conversion/primitives.h"
#include "core/workflow/conversion/promptemitter.h"
#include "core/workflow/conversion/subgraphexpander.h"

namespace gesso {

Result<Conversion> convertGraph(const Graph& graph, const NodeCatalog& catalog,
                                const ConversionOptions& options)
{
    Conversion conversion;
    const std::optional<Graph> rewritten = conversion::withoutGroupNodes(graph, catalog);
    const Graph& source = rewritten ? *rewritten : graph;
    const auto live = conversion::SubgraphExpander(source, catalog, conversion.diagnostics).expand();
    conversion::applyPrimitives(*live, options.now);
    conversion.prompt = conversion::PromptEmitter(*live, options, conversion.diagnostics).emitAll();
    return conversion;
}

} // namespace gesso
