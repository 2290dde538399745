// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/parameters/generationparameters.h"

#include "core/workflow/parameters/infotext.h"
#include "core/workflow/parameters/invokeaiparameters.h"
#include "core/workflow/parameters/jsonparameters.h"
#include "core/workflow/parameters/parametervalues.h"

namespace gesso {
namespace {

// "parameters" in PNG; elsewhere savers use whatever words the format has room for.
std::optional<GenerationParameters> readAnyInfotext(const TextList& texts)
{
    for (const EmbeddedText& text : texts) {
        const bool isCertain = text.key == u"parameters";
        const bool isJson = text.text.trimmed().startsWith('{');
        if (isJson || text.text.size() > kMaxParameterBytes) {
            continue;
        }
        if (!isCertain && !text.text.contains("Steps:")) {
            continue;
        }
        if (auto parameters = readInfotext(QString::fromUtf8(text.text), isCertain)) {
            return parameters;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<GenerationParameters> readGenerationParameters(const TextList& texts)
{
    for (auto* const read : {readAnyInfotext, readInvokeAiParameters, readSwarmUiParameters,
                             readNovelAiParameters, readFooocusParameters}) {
        if (auto parameters = read(texts)) {
            return parameters;
        }
    }
    return std::nullopt;
}

} // namespace gesso
