// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/promptvalidator.h"

#include "core/workflow/linktypes.h"
#include "core/workflow/missingnodes.h"
#include "core/workflow/nearestchoice.h"
#include "core/workflow/promptcycles.h"
#include "core/workflow/valuechecks.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <utility>

namespace gesso {
namespace {

constexpr qsizetype kNamedInCycle = 6; // the others are counted

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::PromptValidator", text);
}

// Classes of packs may take links whose types differ: they look at the types themselves, or their types are
// objects that equal several names. Neither shows in the definitions.
bool isOfPack(const NodeDefinition& definition)
{
    return definition.pythonModule.contains(u"custom_nodes");
}

// Whether the class takes an input of this name, be it one that a choice or a link brings.
bool declares(const NodeDefinition& definition, const QString& name)
{
    if (definition.input(name)) {
        return true;
    }
    const InputDefinition* outer = definition.input(name.section(QLatin1Char('.'), 0, 0));
    return outer && (outer->isDynamicCombo() || outer->isDynamicSlot() || outer->isAutogrow());
}

bool isGrown(const InputDefinition& input, const QString& name)
{
    return std::any_of(input.grownInputs.begin(), input.grownInputs.end(),
                       [&name](const InputDefinition& grown) { return grown.name == name; });
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
    // The server looks only at what the output nodes need, through the inputs their classes declare; what is
    // wrong elsewhere is a warning.
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
            for (const PromptNode* origin : originsOf(*node)) {
                open.append(origin);
            }
        }
    }

    QList<const PromptNode*> originsOf(const PromptNode& node) const
    {
        QList<const PromptNode*> origins;
        const NodeDefinition* definition = m_catalog.find(node.classType);
        for (const auto& [name, value] : node.inputs) {
            const auto link = asLink(value);
            const PromptNode* origin = link ? m_prompt.node(link->first) : nullptr;
            if (origin && (!definition || declares(*definition, name))) {
                origins.append(origin);
            }
        }
        return origins;
    }

    void checkNode(const PromptNode& node)
    {
        const NodeDefinition* definition = m_catalog.find(node.classType);
        if (!definition) {
            add(Severity::Error, &node, QStringLiteral("missing-node"), {}, missingSentence(node.classType));
            return;
        }
        for (const InputDefinition& input : definition->inputs) {
            checkInput(node, input);
        }
    }

    void checkInput(const PromptNode& node, const InputDefinition& input)
    {
        if (input.isAutogrow()) {
            checkGrown(node, input);
            return;
        }
        const Json* value = node.input(input.name);
        if (!value) {
            reportMissing(node, input);
        } else if (const auto link = asLink(*value)) {
            checkLink(node, input, *link);
        } else if (value->is_array()) {
            report(node, QStringLiteral("bad-linked-input"), input.name,
                   tr("“%1” is a list, but no link: a node and the number of its output.").arg(input.name));
        } else {
            checkOwnValue(node, input, *value);
        }
    }

    void reportMissing(const PromptNode& node, const InputDefinition& input)
    {
        if (input.section != InputSection::Required) {
            return;
        }
        const QString code = QStringLiteral("required-input-missing");
        if (!input.isWidget()) {
            report(node, code, input.name, tr("“%1” needs a link.").arg(input.name));
            return;
        }
        report(node, code, input.name, tr("“%1” needs a value or a link.").arg(input.name));
        const Json value = input.defaultValue();
        if (!value.is_null() && !checkValue(input, value, m_nearest)) {
            m_diagnostics.last().fix = useFix(value);
        }
    }

    void checkGrown(const PromptNode& node, const InputDefinition& input)
    {
        for (std::size_t i = 0; i < input.grownInputs.size(); ++i) {
            if (int(i) < input.minGrown || node.input(input.grownInputs[i].name)) {
                checkInput(node, input.grownInputs[i]);
            }
        }
        const QString prefix = input.name + u'.';
        for (const auto& [name, value] : node.inputs) {
            if (name.startsWith(prefix) && !isGrown(input, name)) {
                add(Severity::Warning, &node, QStringLiteral("too-many-inputs"), name,
                    tr("“%1” takes at most %2 inputs; “%3” is not used.")
                        .arg(input.name, QString::number(input.grownInputs.size()), name));
            }
        }
    }

    void checkOwnValue(const PromptNode& node, const InputDefinition& input, const Json& value)
    {
        const Json* unwrapped = member(value, "__value__"); // arrays are sent like this
        if (std::optional<Diagnostic> found = checkValue(input, unwrapped ? *unwrapped : value, m_nearest)) {
            fill(*found, std::min(found->severity, severityFor(node)), &node);
            m_diagnostics.append(*found);
            return;
        }
        if (input.isDynamicCombo()) {
            if (const DynamicOption* option = input.dynamicOption(toQString(value))) {
                checkInputs(node, option->inputs);
            }
        }
    }

    void checkInputs(const PromptNode& node, const std::vector<InputDefinition>& inputs)
    {
        for (const InputDefinition& input : inputs) {
            checkInput(node, input);
        }
    }

    void checkLink(const PromptNode& node, const InputDefinition& input, const std::pair<NodeId, int>& link)
    {
        if (input.isDynamicSlot() && !input.dynamicOptions.empty()) {
            checkInputs(node, input.dynamicOptions.front().inputs); // the link brings them
        }
        const PromptNode* origin = std::as_const(m_prompt).node(link.first);
        if (!origin) {
            report(node, QStringLiteral("link-to-absent-node"), input.name,
                   tr("“%1” is linked to node %2, which is not in the prompt.")
                       .arg(input.name, link.first.toString()));
            return;
        }
        const NodeDefinition* definition = m_catalog.find(origin->classType);
        if (!definition) {
            return; // that is said about the origin
        }
        if (link.second >= definition->outputs.size()) {
            report(node, QStringLiteral("link-to-absent-output"), input.name,
                   tr("“%1” is linked to output %2 of “%3”, which has only %4.")
                       .arg(input.name, QString::number(link.second + 1), definition->displayName,
                            QString::number(definition->outputs.size())));
            return;
        }
        checkLinkType(node, input, *definition, definition->outputs.at(link.second));
    }

    void checkLinkType(const PromptNode& node, const InputDefinition& input, const NodeDefinition& origin,
                       const OutputDefinition& output)
    {
        if (serverAcceptsLink(output, input)) {
            return;
        }
        report(node, QStringLiteral("link-type-mismatch"), input.name,
               tr("“%1” takes %2, but is linked to “%3” of “%4”, which gives %5.")
                   .arg(input.name, input.type, output.name, origin.displayName, output.type));
        const NodeDefinition* definition = m_catalog.find(node.classType);
        if (!input.isDynamicSlot() && (isOfPack(origin) || isOfPack(*definition))) {
            m_diagnostics.last().severity = Severity::Warning;
        }
    }

    void checkCycles()
    {
        for (const QList<NodeId>& cycle : findCycles(m_prompt)) {
            QStringList names;
            for (const NodeId& id : cycle.first(std::min(cycle.size(), kNamedInCycle))) {
                names.append(tr("“%1” (%2)").arg(titleOf(*std::as_const(m_prompt).node(id)), id.toString()));
            }
            if (cycle.size() > names.size()) {
                names.append(tr("%1 more").arg(cycle.size() - names.size()));
            }
            report(
                *std::as_const(m_prompt).node(cycle.constFirst()), QStringLiteral("cycle"), {},
                tr("These nodes wait for each other in a circle: %1. Remove one of the links between them.")
                    .arg(names.join(u", ")));
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
        diagnostic.node = node->id;
        diagnostic.nodeType = node->classType;
        diagnostic.nodeTitle = titleOf(*node);
    }

    QString titleOf(const PromptNode& node) const
    {
        const NodeDefinition* definition = m_catalog.find(node.classType);
        return node.title.isEmpty() && definition ? definition->displayName : node.title;
    }

    Prompt m_prompt; // a copy, for its index
    const NodeCatalog& m_catalog;
    NearestChoices m_nearest;
    QSet<NodeId> m_needed;
    Diagnostics m_diagnostics;
};

} // namespace

Diagnostics validatePrompt(const Prompt& prompt, const NodeCatalog& catalog)
{
    return Validator(prompt, catalog).validate();
}

} // namespace gesso
