// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/graphconverter.h"
#include "core/workflow/reader.h"
#include "core/workflow/workflowcheck.h"
#include "tests/fuzz/fuzzcatalog.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Any JSON as a graph: whatever it is, the prompt names only nodes that are in it.
void fuzz(const QByteArray& bytes)
{
    const auto json = parseJson(bytes);
    const auto workflow = json ? workflowFromJson(*json, QString()) : fail(json.error());
    const Graph* graph = workflow ? std::get_if<Graph>(&workflow->document) : nullptr;
    const auto conversion = graph ? convertGraph(*graph, fuzzing::catalog()) : fail({});
    if (!conversion) {
        return;
    }
    (void)checkWorkflow(*workflow, *conversion, fuzzing::catalog());
    for (const PromptNode& node : conversion->prompt.nodes) {
        for (const auto& [name, value] : node.inputs) {
            const auto link = asLink(value);
            fuzzing::require(!node.classType.isEmpty() && (!link || conversion->prompt.node(link->first)));
        }
    }
}
