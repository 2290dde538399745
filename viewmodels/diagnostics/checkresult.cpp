// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/checkresult.h"

#include <algorithm>

namespace gesso {

QString nameOf(CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return QStringLiteral("ok");
    case CheckState::Note:
        return QStringLiteral("note");
    case CheckState::Problem:
        return QStringLiteral("problem");
    }
    return {};
}

bool hasProblems(const CheckResults& results)
{
    return std::any_of(results.begin(), results.end(),
                       [](const CheckResult& result) { return result.state == CheckState::Problem; });
}

Json toJson(const CheckResult& result)
{
    return {{"id", toJson(result.id)},       {"topic", toJson(result.topic)},
            {"title", toJson(result.title)}, {"state", toJson(nameOf(result.state))},
            {"text", toJson(result.text)},   {"hint", toJson(result.hint)}};
}

} // namespace gesso
