// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/graphconverter.h"

#include "core/workflow/conversion/broadcasts.h"
#include "core/workflow/conversion/explainer.h"
#include "core/workflow/conversion/groupnodes.h"
#include "core/workflow/conversion/primitives.h"
#include "core/workflow/conversion/promptemitter.h"
#include "core/workflow/conversion/subgraphexpander.h"

namespace gesso {

Result<Conversion> convertGraph(const Graph& graph, const NodeCatalog& catalog,
                                const ConversionOptions& options)
{
    Conversion conversion;
    std::optional<conversion::Explainer> explainer;
    if (options.explain) {
        explainer.emplace(conversion.explanations);
    }
    conversion::Explainer* const listener = explainer ? &*explainer : nullptr;
    const auto linked = conversion::withBroadcasts(graph, catalog, conversion.diagnostics);
    const Graph& broadcast = linked ? *linked : graph;
    const auto rewritten = conversion::withoutGroupNodes(broadcast, catalog);
    const Graph& source = rewritten ? *rewritten : broadcast;
    const auto live = conversion::SubgraphExpander(source, catalog, conversion.diagnostics).expand();
    conversion::applyPrimitives(*live, options.now, listener);
    conversion.prompt = conversion::PromptEmitter(*live, options, conversion.diagnostics, listener).emitAll();
    return conversion;
}

} // namespace gesso
