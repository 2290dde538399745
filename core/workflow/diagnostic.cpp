// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/diagnostic.h"

#include <algorithm>

namespace gesso {
namespace {

const char* nameOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

} // namespace

bool hasErrors(const Diagnostics& diagnostics)
{
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::Error; });
}

Json toJson(const Diagnostic& diagnostic)
{
    Json json = Json::object();
    json["severity"] = nameOf(diagnostic.severity);
    json["code"] = toJson(diagnostic.code);
    json["node"] = toJson(diagnostic.node.toString());
    json["nodeType"] = toJson(diagnostic.nodeType);
    json["title"] = toJson(diagnostic.nodeTitle);
    json["input"] = toJson(diagnostic.input);
    json["message"] = toJson(diagnostic.message);
    if (diagnostic.fix) {
        json["fix"] =
            Json::object({{"label", toJson(diagnostic.fix->label)}, {"value", diagnostic.fix->value}});
    }
    if (!diagnostic.details.is_null()) {
        json["details"] = diagnostic.details;
    }
    return json;
}

} // namespace gesso
