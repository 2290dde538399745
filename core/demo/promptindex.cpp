// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/promptindex.h"

namespace gesso::demo {

PromptIndex::PromptIndex(Json& prompt)
{
    for (auto& item : prompt.items()) {
        const QString id = QString::fromStdString(item.key());
        m_ids.append(id);
        m_nodes.insert(id, &item.value());
    }
}

QString PromptIndex::className(const QString& id) const
{
    const Json* found = node(id);
    return found ? stringMember(*found, "class_type") : QString();
}

Json* PromptIndex::inputs(const QString& id)
{
    Json* found = m_nodes.value(id);
    Json* inputs = found ? member(*found, "inputs") : nullptr;
    return inputs && inputs->is_object() ? inputs : nullptr;
}

const Json* PromptIndex::inputs(const QString& id) const
{
    const Json* found = node(id);
    const Json* inputs = found ? member(*found, "inputs") : nullptr;
    return inputs && inputs->is_object() ? inputs : nullptr;
}

QList<PromptIndex::Link> PromptIndex::links(const QString& id) const
{
    QList<Link> links;
    const Json* all = inputs(id);
    if (!all) {
        return links;
    }
    for (const auto& item : all->items()) {
        const Json& value = item.value();
        if (value.is_array() && value.size() == 2 && value[0].is_string() && value[1].is_number_integer()) {
            links.append({QString::fromStdString(item.key()), toQString(value[0]), value[1].get<int>()});
        }
    }
    return links;
}

} // namespace gesso::demo
