// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/livegraph.h"

namespace gesso::conversion {

QString LiveNode::outputType(int slot) const
{
    if (definition && slot >= 0 && slot < definition->outputs.size()) {
        const QString declared = definition->outputs.at(slot).type;
        if (declared != u"COMFY_MATCHTYPE_V3") { // its real type is the bound one, which the file has
            return declared;
        }
    }
    return slot >= 0 && slot < node->outputs.size() ? node->outputs.at(slot).type : QString();
}

LiveWidget* LiveNode::widget(const QString& name)
{
    for (LiveWidget& entry : widgets) {
        if (entry.input->name == name) {
            return &entry;
        }
    }
    return nullptr;
}

int LiveNode::inputIndex(const QString& name) const
{
    for (int i = 0; i < inputs.size(); ++i) {
        if (inputs.at(i).name == name) {
            return i;
        }
    }
    return -1;
}

// Only the outermost instance counts: the front end sends what is inside a nested one whatever its mode
// (its consumers pass it by all the same).
bool LiveScope::isActive() const
{
    const LiveScope* scope = this;
    while (scope->host && scope->host->scope->host) {
        scope = scope->host->scope;
    }
    return !scope->host || scope->host->isActive();
}

} // namespace gesso::conversion
