// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/parameters/jsonparameters.h"

#include "core/workflow/parameters/parametervalues.h"

namespace gesso {
namespace {

// Prompts under these names, everything else as values.
GenerationParameters parametersFrom(const Json& object, const QString& program, const char* positive,
                                    const char* negative)
{
    GenerationParameters parameters;
    parameters.program = program;
    parameters.positive = stringMember(object, positive);
    parameters.negative = stringMember(object, negative);
    addMembers(object, {QString::fromLatin1(positive), QString::fromLatin1(negative)}, parameters);
    return parameters;
}

} // namespace

std::optional<GenerationParameters> readSwarmUiParameters(const TextList& texts)
{
    for (const QLatin1String key : {QLatin1String("parameters"), QLatin1String("UserComment")}) {
        const std::optional<Json> object = parameterObject(parameterText(texts, key));
        const Json* image = object ? member(*object, "sui_image_params") : nullptr;
        if (!image) {
            continue;
        }
        GenerationParameters parameters =
            parametersFrom(*image, QStringLiteral("SwarmUI"), "prompt", "negativeprompt");
        if (const Json* extra = member(*object, "sui_extra_data")) {
            addMembers(*extra, {}, parameters);
        }
        return parameters;
    }
    return std::nullopt;
}

std::optional<GenerationParameters> readNovelAiParameters(const TextList& texts)
{
    const EmbeddedText* software = parameterText(texts, QLatin1String("Software"));
    if (!software || !software->text.startsWith("NovelAI")) {
        return std::nullopt;
    }
    const std::optional<Json> object = parameterObject(parameterText(texts, QLatin1String("Comment")));
    return object ? std::optional(parametersFrom(*object, QStringLiteral("NovelAI"), "prompt", "uc"))
                  : std::nullopt;
}

std::optional<GenerationParameters> readFooocusParameters(const TextList& texts)
{
    if (!parameterText(texts, QLatin1String("fooocus_scheme"))) {
        return std::nullopt;
    }
    const std::optional<Json> object = parameterObject(parameterText(texts, QLatin1String("parameters")));
    return object
        ? std::optional(parametersFrom(*object, QStringLiteral("Fooocus"), "prompt", "negative_prompt"))
        : std::nullopt;
}

} // namespace gesso
