// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/parameters/invokeaiparameters.h"

#include "core/workflow/parameters/parametervalues.h"

#include <algorithm>
#include <array>

namespace gesso {
namespace {

GenerationParameters invokeAi()
{
    GenerationParameters parameters;
    parameters.program = QStringLiteral("InvokeAI");
    return parameters;
}

GenerationParameters fromMetadata(const Json& object)
{
    GenerationParameters parameters = invokeAi();
    parameters.positive = stringMember(object, "positive_prompt");
    parameters.negative = stringMember(object, "negative_prompt");
    addMembers(object, {QStringLiteral("positive_prompt"), QStringLiteral("negative_prompt")}, parameters);
    return parameters;
}

// A text, or a list of weighted ones.
QString promptOf(const Json& image)
{
    const Json* prompt = member(image, "prompt");
    if (!prompt || !prompt->is_array()) {
        return stringMember(image, "prompt");
    }
    QStringList parts;
    for (const Json& part : *prompt) {
        parts.append(part.is_string() ? toQString(part) : stringMember(part, "prompt"));
    }
    return parts.join(u'\n');
}

GenerationParameters fromSdMetadata(const Json& object)
{
    GenerationParameters parameters = invokeAi();
    if (const Json* image = member(object, "image")) {
        parameters.positive = promptOf(*image);
        addMembers(*image, {QStringLiteral("prompt")}, parameters);
    }
    addMembers(object, {QStringLiteral("image")}, parameters);
    return parameters;
}

struct Flag {
    QLatin1Char letter;
    QLatin1String name;
};
constexpr std::array kFlags{
    Flag{QLatin1Char('s'), QLatin1String("steps")},     Flag{QLatin1Char('S'), QLatin1String("seed")},
    Flag{QLatin1Char('W'), QLatin1String("width")},     Flag{QLatin1Char('H'), QLatin1String("height")},
    Flag{QLatin1Char('C'), QLatin1String("cfg_scale")}, Flag{QLatin1Char('A'), QLatin1String("sampler")},
    Flag{QLatin1Char('f'), QLatin1String("strength")},
};

// -S7 and -S 7 are the same; --name value as well.
void addFlag(QStringView word, QStringView next, GenerationParameters& parameters)
{
    if (word.startsWith(u"--")) {
        addValue(word.sliced(2).toString(), next.startsWith(u'-') ? QString() : next.toString(), parameters);
        return;
    }
    const auto* const flag = std::find_if(kFlags.begin(), kFlags.end(), [word](const Flag& known) {
        return word.size() > 1 && word[0] == u'-' && word[1] == known.letter;
    });
    if (flag != kFlags.end()) {
        addValue(flag->name, (word.size() > 2 ? word.sliced(2) : next).toString(), parameters);
    }
}

std::optional<GenerationParameters> fromDream(const QString& line)
{
    if (!line.startsWith(u'"')) {
        return std::nullopt;
    }
    // The prompt may have quotes inside; the flags come after the last one.
    const qsizetype end = line.lastIndexOf(u"\" -");
    GenerationParameters parameters = invokeAi();
    parameters.positive = line.mid(1, (end < 0 ? line.lastIndexOf(u'"') : end) - 1);
    const QList<QStringView> words =
        QStringView(line).sliced(end < 0 ? line.size() : end + 2).split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < words.size(); ++i) {
        addFlag(words[i], i + 1 < words.size() ? words[i + 1] : QStringView(), parameters);
    }
    return parameters;
}

} // namespace

std::optional<GenerationParameters> readInvokeAiParameters(const TextList& texts)
{
    if (const auto object = parameterObject(parameterText(texts, QLatin1String("invokeai_metadata")))) {
        return fromMetadata(*object);
    }
    if (const auto object = parameterObject(parameterText(texts, QLatin1String("sd-metadata")))) {
        return fromSdMetadata(*object);
    }
    const EmbeddedText* dream = parameterText(texts, QLatin1String("Dream"));
    return dream ? fromDream(QString::fromUtf8(dream->text).trimmed()) : std::nullopt;
}

} // namespace gesso
