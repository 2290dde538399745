// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/reader.h"

#include <cstddef>
#include <cstdint>

// Any bytes as a workflow file: JSON, PNG or WebP. What could be read must also be written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), qsizetype(size));
    (void)gesso::readEmbeddedTexts(bytes);
    const auto workflow = gesso::readWorkflow(bytes, QStringLiteral("fuzz"));
    if (workflow && !gesso::workflowFromJson(gesso::toJson(*workflow), QString())) {
        __builtin_trap();
    }
    return 0;
}
