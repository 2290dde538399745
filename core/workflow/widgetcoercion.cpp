// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/widgetcoercion.h"

#include "core/workflow/javascriptnumber.h"

#include <QStringList>

namespace gesso {

QString javaScriptString(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::string:
        return toQString(value);
    case Json::value_t::boolean:
        return value.get<bool>() ? QStringLiteral("true") : QStringLiteral("false");
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return QString::fromStdString(value.dump());
    case Json::value_t::number_float:
        return javaScriptNumber(value.get<double>());
    case Json::value_t::array: {
        QStringList parts; // as Array.prototype.join does, null is empty
        for (const Json& entry : value) {
            parts.append(entry.is_null() ? QString() : javaScriptString(entry));
        }
        return parts.join(QLatin1Char(','));
    }
    case Json::value_t::object:
        return QStringLiteral("[object Object]");
    default:
        return QStringLiteral("null");
    }
}

Json coerceWidgetValue(const QString& nodeType, const InputDefinition& input, const Json& value)
{
    if (input.isMultiline() && !value.is_string()) {
        return value.is_null() ? Json("") : toJson(javaScriptString(value));
    }
    const QString kind = input.widgetType();
    if (kind == u"COMBO" && value.is_null() && !input.isMultiSelect() && input.choices.is_array()
        && !input.choices.empty()) {
        return input.choices.front();
    }
    if (input.name == u"sampler_name" && (nodeType == u"KSampler" || nodeType == u"KSamplerAdvanced")) {
        const QString text = toQString(value);
        if (text.startsWith(u"sample_")) {
            return toJson(text.mid(7));
        }
    }
    return value;
}

} // namespace gesso
