// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/parameters/parametervalues.h"

#include <algorithm>

namespace gesso {
namespace {

// Models are objects with a name ("name" since InvokeAI 4, "model_name" before).
QString readable(const Json& value)
{
    if (value.is_string()) {
        return toQString(value);
    }
    for (const char* key : {"name", "model_name"}) {
        const QString name = stringMember(value, key);
        if (!name.isEmpty()) {
            return name;
        }
    }
    return value.is_null() ? QString() : QString::fromUtf8(writeJson(value));
}

} // namespace

const EmbeddedText* parameterText(const TextList& texts, QLatin1String key)
{
    const auto found = std::find_if(texts.begin(), texts.end(), [key](const EmbeddedText& text) {
        return text.key.compare(key, Qt::CaseInsensitive) == 0 && text.text.size() <= kMaxParameterBytes;
    });
    return found == texts.end() ? nullptr : &*found;
}

std::optional<Json> parameterObject(const EmbeddedText* text)
{
    if (!text || !text->text.trimmed().startsWith('{')) {
        return std::nullopt;
    }
    Result<Json> json = parseJson(text->text);
    return json && json->is_object() ? std::optional(std::move(*json)) : std::nullopt;
}

void addValue(const QString& name, const QString& value, GenerationParameters& parameters)
{
    if (!name.isEmpty() && !value.isEmpty() && parameters.values.size() < kMaxParameterValues) {
        parameters.values.append({name, value});
    }
}

void addMembers(const Json& object, const QStringList& except, GenerationParameters& parameters)
{
    if (!object.is_object()) {
        return;
    }
    for (const auto& [key, value] : object.items()) {
        const QString name = QString::fromStdString(key);
        if (!except.contains(name)) {
            addValue(name, readable(value), parameters);
        }
    }
}

} // namespace gesso
