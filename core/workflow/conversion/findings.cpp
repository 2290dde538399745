// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/findings.h"

namespace gesso::conversion {

QString titleOf(const LiveNode& node)
{
    if (!node.node->title.isEmpty()) {
        return node.node->title;
    }
    return node.definition ? node.definition->displayName : node.node->type;
}

Diagnostic finding(Severity severity, const QString& code, const LiveNode& node, const QString& message,
                   const QString& input)
{
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = code;
    diagnostic.node = node.path;
    diagnostic.nodeType = node.node->type;
    diagnostic.nodeTitle = titleOf(node);
    diagnostic.input = input;
    diagnostic.message = message;
    return diagnostic;
}

} // namespace gesso::conversion
