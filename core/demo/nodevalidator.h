// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/nodelibrary.h"
#include "core/demo/promptindex.h"

#include <QHash>
#include <QSet>

#include <optional>

namespace gesso::demo {

// Validates the nodes an output depends on, once each. The steps and texts follow ComfyUI's validate_inputs.
class NodeValidator
{
public:
    struct Reasons {
        bool isValid = true;
        Json errors = Json::array();
    };

    NodeValidator(const NodeLibrary& library, const Folders& folders, PromptIndex& prompt);

    bool validateOutput(const QString& id); // false: it cannot run
    const QHash<QString, Reasons>& reasons() const { return m_reasons; }

private:
    // The name of a node that a link names and the prompt lacks: Python's KeyError, which ComfyUI charges to
    // the node that has the link.
    using Missing = std::optional<QString>;

    Missing visit(const QString& id, int depth);
    Missing checkLink(const InputSpec& spec, const Json& value, int depth, Reasons& reasons);
    void checkValue(const InputSpec& spec, Json& value, Reasons& reasons) const;
    void checkLimits(const InputSpec& spec, const Json& value, Reasons& reasons) const;
    void checkChoice(const InputSpec& spec, const Json& value, Reasons& reasons) const;
    void checkFiles(const NodeType& type, const Json& inputs, Reasons& reasons) const;

    const NodeLibrary& m_library;
    const Folders& m_folders;
    PromptIndex& m_prompt;
    QHash<QString, Reasons> m_reasons;
    QSet<QString> m_open; // being visited: meeting one again is a cycle
};

} // namespace gesso::demo
