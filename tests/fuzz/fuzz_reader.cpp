// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/reader.h"
#include "tests/fuzz/fuzztarget.h"

using namespace gesso;

// Any bytes as a workflow file: JSON or any carrier. What could be read must also be written and read again.
void fuzz(const QByteArray& bytes)
{
    (void)readEmbeddedTexts(bytes);
    const auto workflow = readWorkflow(bytes, QStringLiteral("fuzz"));
    fuzzing::require(!workflow || workflowFromJson(toJson(*workflow), QString()));
}
