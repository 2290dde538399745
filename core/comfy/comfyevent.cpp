// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfyevent.h"

namespace gesso {
namespace {

std::optional<PromptId> promptOf(const auto& event)
{
    if constexpr (requires { event.promptId; }) {
        return event.promptId;
    } else {
        return std::nullopt;
    }
}

} // namespace

std::optional<PromptId> promptIdOf(const ComfyEvent& event)
{
    return std::visit([](const auto& one) { return promptOf(one); }, event);
}

} // namespace gesso
