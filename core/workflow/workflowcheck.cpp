// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/workflowcheck.h"

#include "core/workflow/missingnodes.h"
#include "core/workflow/modelfiles.h"
#include "core/workflow/promptvalidator.h"

#include <QHash>
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

// In the file such an input may well have a link: what became of it is the way out.
void explainMissingLinks(Diagnostics& findings, const Explanations& explanations)
{
    QHash<QString, QString> reasons;
    for (const Explanation& explanation : explanations) {
        if (explanation.kind == Explanation::Kind::Unlinked
            || explanation.kind == Explanation::Kind::Bypassed) {
            reasons.insert(explanation.node.toString() % QChar(0) % explanation.input, explanation.text);
        }
    }
    for (Diagnostic& finding : findings) {
        const QString reason = finding.code == u"required-input-missing"
            ? reasons.value(finding.node.toString() % QChar(0) % finding.input)
            : QString();
        if (!reason.isEmpty()) {
            finding.message += u' ' % reason;
        }
    }
}

} // namespace

Diagnostics checkWorkflow(const Workflow& workflow, const Conversion& conversion, const NodeCatalog& catalog)
{
    Diagnostics findings = eachOnce(conversion.diagnostics + validatePrompt(conversion.prompt, catalog));
    explainMissingLinks(findings, conversion.explanations);
    findings = explainMissingModels(std::move(findings), workflow, conversion.prompt);
    return groupMissingNodes(withoutConsequences(findings, workflow), workflow);
}

} // namespace gesso
