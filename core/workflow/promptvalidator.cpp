// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/promptvalidator.h"

#include "core/workflow/promptcycles.h"
#include "core/workflow/valuechecks.h"

#include <QCoreApplication>
#include <QSet>

namespace gesso {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::PromptValidator", text);
}

class Validator
{
public:
    Validator(const Prompt& prompt, const NodeCatalog& catalog)
        : m_prompt(prompt)
        , m_catalog(catalog)
    {
        m_prompt.rebuildIndex();
    }

    Diagnostics validate()
    {
        findNeeded();
        for (const PromptNode& node : std::as_const(m_prompt.nodes)) {
            checkNode(node);
        }
        checkCycles();
        return m_diagnostics;
    }

private:
    // The server looks only at what the output nodes need; what is wrong elsewhere is a warning.
    void findNeeded()
    {
        QList<const PromptNode*> open;
        for (const PromptNode& node : std::as_const(m_prompt.nodes)) {
            const NodeDefinition* definition = m_catalog.find(node.classType);
            if (definition && definition->isOutputNode) {
                open.append(&node);
            }
        }
        if (open.isEmpty()) {
            add(Severity::Error, nullptr, QStringLiteral("no-output-node"), {},
                tr("Nothing in this workflow saves or shows a result. Add a node such as “Save Image”."));
        }
        while (!open.isEmpty()) {
            const PromptNode* node = open.takeLast();
            if (m_needed.contains(node->id)) {
                continue;
            }
            m_needed.insert(node->id);
            for (const auto& [name, value] : node->inputs) {
                const auto link = asLink(value);
                const PromptNode* origin = link ? std::as_const(m_prompt).node(link->first) : nullptr;
                if (origin) {
                    open.append(origin);
                }
            }
        }
    }

    void checkNode(const PromptNode& node)
    {
        const NodeDefinition* definition = m_catalog.find(node.classType);
        if (!definition) {
            add(Severity::Error, &node, QStringLiteral("missing-node"), {},
                tr("The server has no node of the type “%1”.").arg(node.classType));
            return;
        }
        for (const InputDefinition& input : definition->inputs) {
            checkInput(node, input);
        }
    }

    void checkInput(const PromptNode& node, const InputDefinition& input)
    {
        if (input.isAutogrow()) {
            for (std::size_t i = 0; i < input.grownInputs.size(); ++i) {
                if (int(i) < input.minGrown || node.input(input.grownInputs[i].name)) {
                    checkInput(node, input.grownInputs[i]);
                }
            }
            return;
        }
        const Json* value = node.input(input.name);
        if (!value) {
            if (input.section == InputSection::Required) {
                report(node, QStringLiteral("required-input-missing"), input.name,
                       tr("“%1” needs a value or a link.").arg(input.name));
            }
            return;
        }
        if (const auto link = asLink(*value)) {
            checkLink(node, input.name, *link);
            return;
        }
        checkOwnValue(node, input, *value);
    }

    void checkOwnValue(const PromptNode& node, const InputDefinition& input, const Json& value)
    {
        const Json* unwrapped = member(value, "__value__"); // arrays are sent like this
        if (std::optional<Diagnostic> found = checkValue(input, unwrapped ? *unwrapped : value)) {
            fill(*found, severityFor(node), &node);
            m_diagnostics.append(*found);
            return;
        }
        if (const DynamicOption* option = input.dynamicOption(toQString(value))) {
            for (const InputDefinition& inner : option->inputs) {
                checkInput(node, inner);
            }
        }
    }

    void checkLink(const PromptNode& node, const QString& input, const std::pair<NodeId, int>& link)
    {
        const PromptNode* origin = std::as_const(m_prompt).node(link.first);
        if (!origin) {
            report(node, QStringLiteral("link-to-absent-node"), input,
                   tr("“%1” is linked to node %2, which is not in the prompt.")
                       .arg(input, link.first.toString()));
            return;
        }
        const NodeDefinition* definition = m_catalog.find(origin->classType);
        if (definition && link.second >= definition->outputs.size()) {
            report(node, QStringLiteral("link-to-absent-output"), input,
                   tr("“%1” is linked to output %2 of “%3”, which has only %4.")
                       .arg(input)
                       .arg(link.second + 1)
                       .arg(definition->displayName)
                       .arg(definition->outputs.size()));
        }
    }

    void checkCycles()
    {
        for (const QList<NodeId>& cycle : findCycles(m_prompt)) {
            QStringList names;
            for (const NodeId& id : cycle) {
                names.append(id.toString());
            }
            const PromptNode* node = std::as_const(m_prompt).node(cycle.constFirst());
            report(*node, QStringLiteral("cycle"), {},
                   tr("These nodes wait for each other in a circle: %1.").arg(names.join(u", ")));
        }
    }

    Severity severityFor(const PromptNode& node) const
    {
        return m_needed.contains(node.id) ? Severity::Error : Severity::Warning;
    }

    void report(const PromptNode& node, const QString& code, const QString& input, const QString& message)
    {
        add(severityFor(node), &node, code, input, message);
    }

    void add(Severity severity, const PromptNode* node, const QString& code, const QString& input,
             const QString& message)
    {
        Diagnostic diagnostic;
        diagnostic.code = code;
        diagnostic.input = input;
        diagnostic.message = message;
        fill(diagnostic, severity, node);
        m_diagnostics.append(diagnostic);
    }

    void fill(Diagnostic& diagnostic, Severity severity, const PromptNode* node) const
    {
        diagnostic.severity = severity;
        if (!node) {
            return;
        }
        const NodeDefinition* definition = m_catalog.find(node->classType);
        diagnostic.node = node->id;
        diagnostic.nodeType = node->classType;
        diagnostic.nodeTitle = node->title.isEmpty() && definition ? definition->displayName : node->title;
    }

    Prompt m_prompt; // a copy, for its index
    const NodeCatalog& m_catalog;
    QSet<NodeId> m_needed;
    Diagnostics m_diagnostics;
};

} // namespace

Diagnostics validatePrompt(const Prompt& prompt, const NodeCatalog& catalog)
{
    return Validator(prompt, catalog).validate();
}

} // namespace gesso
