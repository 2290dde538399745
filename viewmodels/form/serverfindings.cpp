// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/serverfindings.h"

#include "core/workflow/nearestchoice.h"

#include <QCoreApplication>

namespace gesso {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("ServerFindings", source);
}

QString shown(const Json& value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
}

// What the server declares for the input: its own word in the answer, else (long lists are left out there)
// the catalogue's.
const Json* option(const NodeFinding& finding, const InputDefinition* input, std::string_view key)
{
    const Json* config = member(finding.extraInfo, "input_config");
    if (config != nullptr && config->is_array() && config->size() > 1) {
        if (const Json* found = member((*config)[1], key)) {
            return found;
        }
    }
    return input == nullptr ? nullptr : member(input->options, key);
}

void describeLimit(Diagnostic& finding, const QString& message, const Json* limit)
{
    if (limit == nullptr || !limit->is_number()) {
        return;
    }
    finding.message = message.arg(shown(*limit));
    finding.fix = Diagnostic::Fix{text("Use %1").arg(shown(*limit)), *limit};
}

void describeMissingChoice(Diagnostic& finding, const NodeFinding& said, const InputDefinition* input)
{
    const Json* received = member(said.extraInfo, "received_value");
    if (received == nullptr) {
        return;
    }
    finding.message = text("“%1” is not on this server.").arg(shown(*received));
    const Json nearest = input == nullptr ? Json() : nearestChoice(*received, input->choices);
    if (!nearest.is_null()) {
        finding.fix = Diagnostic::Fix{text("Use %1").arg(shown(nearest)), nearest};
    }
}

Diagnostic diagnosticFor(const NodeFinding& said, const Prompt& prompt, const NodeCatalog& catalog)
{
    const PromptNode* node = prompt.node(said.node);
    const NodeDefinition* definition = catalog.find(said.classType);
    const InputDefinition* input = definition == nullptr ? nullptr : definition->input(said.input);

    Diagnostic finding;
    finding.code = said.type;
    finding.code.replace(u'_', u'-');
    finding.node = said.node;
    finding.nodeType = said.classType;
    finding.nodeTitle = node == nullptr || node->title.isEmpty() ? said.classType : node->title;
    finding.input = said.input;
    finding.message =
        said.details.isEmpty() ? said.message : said.message + QStringLiteral(": ") + said.details;

    if (said.type == u"value_not_in_list") {
        describeMissingChoice(finding, said, input);
    } else if (said.type == u"value_smaller_than_min") {
        describeLimit(finding, text("Must be at least %1."), option(said, input, "min"));
    } else if (said.type == u"value_bigger_than_max") {
        describeLimit(finding, text("Must be at most %1."), option(said, input, "max"));
    } else if (said.type == u"required_input_missing") {
        finding.message = text("%1 needs something here.").arg(finding.nodeTitle);
    }
    return finding;
}

} // namespace

Diagnostics serverFindings(const QList<NodeFinding>& findings, const Prompt& prompt,
                           const NodeCatalog& catalog)
{
    Diagnostics diagnostics;
    for (const NodeFinding& finding : findings) {
        diagnostics.append(diagnosticFor(finding, prompt, catalog));
    }
    return diagnostics;
}

} // namespace gesso
