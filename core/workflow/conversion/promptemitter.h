// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/conversion/dynamicprompts.h"
#include "core/workflow/conversion/linkresolver.h"
#include "core/workflow/graphconverter.h"

namespace gesso::conversion {

// Writes the prompt of a flattened graph (conversion.md, 1, 2 and 4).
class PromptEmitter
{
public:
    // `explainer` may be null.
    PromptEmitter(LiveGraph& graph, const ConversionOptions& options, Diagnostics& diagnostics,
                  Explainer* explainer);

    Prompt emitAll();

private:
    bool isSent(const LiveNode& node) const;
    void reportUnknown(const LiveNode& node);
    PromptNode emitNode(const LiveNode& node);
    Json widgetJson(const LiveNode& node, const LiveWidget& widget);

    LiveGraph& m_graph;
    const ConversionOptions& m_options;
    Diagnostics& m_diagnostics;
    Explainer* m_explainer;
    DynamicPrompts m_dynamicPrompts;
    LinkResolver m_resolver;
};

} // namespace gesso::conversion
