// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/workflowcheck.h"

#include "core/workflow/missingnodes.h"
#include "core/workflow/modelfiles.h"
#include "core/workflow/promptvalidator.h"

#include <QSet>

namespace gesso {
namespace {

// The converter and the validator both know of some things; said once is enough.
Diagnostics eachOnce(const Diagnostics& findings)
{
    Diagnostics unique;
    QSet<QString> known;
    for (const Diagnostic& finding : findings) {
        const QString key = QStringList{finding.code, finding.node.toString(), finding.input,
                                        finding.node.isEmpty() ? finding.message : QString()}
                                .join(QChar(0));
        if (!known.contains(key)) {
            known.insert(key);
            unique.append(finding);
        }
    }
    return unique;
}

} // namespace

Diagnostics checkWorkflow(const Workflow& workflow, const Conversion& conversion, const NodeCatalog& catalog)
{
    Diagnostics findings = eachOnce(conversion.diagnostics + validatePrompt(conversion.prompt, catalog));
    findings = explainMissingModels(std::move(findings), workflow, conversion.prompt);
    return groupMissingNodes(withoutConsequences(findings, workflow), workflow);
}

} // namespace gesso
