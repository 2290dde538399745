// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/liveslots.h"

#include "core/workflow/widgetlayout.h"

namespace gesso::conversion {
namespace {

// Finds saved inputs by name; of several with one name, the next each time.
class SavedInputs
{
public:
    explicit SavedInputs(const GraphNode& node)
        : m_inputs(node.inputs)
        , m_used(std::size_t(node.inputs.size()), false)
    {
        for (qsizetype i = m_inputs.size() - 1; i >= 0; --i) {
            m_byName[m_inputs.at(i).name].prepend(i);
        }
    }

    const GraphInput* take(const QString& name)
    {
        const auto found = m_byName.find(name);
        if (found == m_byName.end() || found->isEmpty()) {
            return nullptr;
        }
        const qsizetype index = found->takeFirst();
        m_used[std::size_t(index)] = true;
        return &m_inputs.at(index);
    }

    bool has(const QString& name) const { return m_byName.contains(name); }

    QList<const GraphInput*> rest() const
    {
        QList<const GraphInput*> list;
        for (qsizetype i = 0; i < m_inputs.size(); ++i) {
            if (!m_used[std::size_t(i)]) {
                list.append(&m_inputs.at(i));
            }
        }
        return list;
    }

private:
    const QList<GraphInput>& m_inputs;
    std::vector<bool> m_used;
    QHash<QString, QList<qsizetype>> m_byName;
};

void addSlot(LiveNode& live, SavedInputs& saved, const QString& name, const QString& type, bool isWidget)
{
    LiveInput input;
    input.name = name;
    input.isWidget = isWidget;
    const GraphInput* found = saved.take(name);
    input.link = found ? found->link : std::nullopt;
    // A match type is bound to what is linked to it; the file has the bound type.
    input.type = type == u"COMFY_MATCHTYPE_V3" && found ? found->type : type;
    live.inputs.append(input);
}

// The choice a dynamic combo stands at, from the values already read.
const DynamicOption* chosenOption(LiveNode& live, const InputDefinition& combo)
{
    const LiveWidget* widget = live.widget(combo.name);
    return widget ? combo.dynamicOption(toQString(widget->value)) : nullptr;
}

void addSockets(LiveNode& live, SavedInputs& saved, const InputDefinition& input)
{
    if (input.isAutogrow()) {
        for (std::size_t i = 0; i < input.grownInputs.size(); ++i) {
            const InputDefinition& grown = input.grownInputs[i];
            if (int(i) < input.minGrown || saved.has(grown.name)) {
                addSlot(live, saved, grown.name, grown.type, false);
            }
        }
        return;
    }
    if (!input.isWidget()) {
        addSlot(live, saved, input.name, input.type, false);
    }
    if (input.isDynamicCombo()) {
        if (const DynamicOption* option = chosenOption(live, input)) {
            for (const InputDefinition& inner : option->inputs) {
                addSockets(live, saved, inner);
            }
        }
    }
}

} // namespace

void addLiveSlots(LiveNode& live)
{
    SavedInputs saved(*live.node);
    if (live.definition) {
        for (const WidgetColumn& column : widgetColumns(*live.definition, *live.node)) {
            live.widgets.append({column.input, widgetValue(*live.node, column)});
        }
        for (const InputDefinition& input : live.definition->inputs) {
            addSockets(live, saved, input);
        }
        for (const LiveWidget& widget : std::as_const(live.widgets)) {
            if (!boolMember(widget.input->options, "socketless")) {
                addSlot(live, saved, widget.input->name, widget.input->type, true);
            }
        }
    }
    for (const GraphInput* input : saved.rest()) {
        live.inputs.append({input->name, input->type, input->link, false}); // no widget stands behind it
    }
}

void addInstanceSlots(LiveNode& instance, const SubgraphDefinition& definition)
{
    SavedInputs saved(*instance.node);
    for (const SubgraphPort& port : definition.inputs) {
        addSlot(instance, saved, port.name, port.type, false);
    }
}

} // namespace gesso::conversion
