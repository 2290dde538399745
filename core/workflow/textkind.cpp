// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/textkind.h"

#include "core/workflow/parameters/generationparameters.h"
#include "core/workflow/reader.h"

namespace gesso {
namespace {

// InvokeAI has workflows of its own, which look alike from afar.
bool isOfAnotherProgram(const QString& key)
{
    return key.startsWith(u"invokeai", Qt::CaseInsensitive);
}

} // namespace

TextKind textKind(const EmbeddedText& text)
{
    if (text.text.trimmed().startsWith('{') && !isOfAnotherProgram(text.key)) {
        const Result<Json> json = parseJson(text.text);
        const Json* nodes = json ? member(*json, "nodes") : nullptr;
        if (nodes && nodes->is_array()) {
            return {TextKind::Kind::Workflow, qsizetype(nodes->size())};
        }
        if (const Result<Prompt> prompt = json ? promptFromJson(*json) : fail(json.error())) {
            return {TextKind::Kind::Prompt, prompt->nodes.size()};
        }
    }
    return {readGenerationParameters({text}) ? TextKind::Kind::Parameters : TextKind::Kind::Other, 0};
}

} // namespace gesso
