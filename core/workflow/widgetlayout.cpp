// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/widgetlayout.h"

#include "core/workflow/widgetcoercion.h"

#include <algorithm>

namespace gesso {
namespace {

// Steps through the columns of a saved array, in the order the front end makes its widgets.
class ColumnWalker
{
public:
    ColumnWalker(const GraphNode& node, QList<WidgetColumn>& columns)
        : m_node(node)
        , m_columns(columns)
    {
    }

    void add(const InputDefinition& input)
    {
        WidgetColumn column;
        column.input = &input;
        if (!input.isSaved()) {
            m_columns.append(column);
            return;
        }
        column.column = m_next++;
        if (input.hasControlColumn()) {
            column.controlColumn = m_next++;
            if (input.widgetType() == u"COMBO") {
                ++m_next; // its filter
            }
        }
        m_columns.append(column);
        if (input.isDynamicCombo()) {
            addChosen(input, column.column);
        }
    }

    void setRemoved(QList<qsizetype> removed) { m_removed = std::move(removed); }

    // From a column of the live widgets to one of the saved array.
    qsizetype saved(qsizetype column) const
    {
        for (const qsizetype removed : m_removed) { // ascending
            if (removed <= column) {
                ++column;
            }
        }
        return column;
    }

private:
    void addChosen(const InputDefinition& combo, qsizetype column)
    {
        const QString key = toQString(savedValue(combo, column));
        const DynamicOption* option = combo.dynamicOption(key);
        if (!option) {
            return;
        }
        for (const InputDefinition& input : option->inputs) {
            if (input.isWidget()) {
                add(input);
            }
        }
    }

    Json savedValue(const InputDefinition& input, qsizetype column) const
    {
        const Json* value = savedWidgetValue(m_node, input.name, saved(column));
        return value ? *value : input.defaultValue();
    }

    const GraphNode& m_node;
    QList<WidgetColumn>& m_columns;
    QList<qsizetype> m_removed;
    qsizetype m_next = 0;
};

// conversion.md, 3.4: files written when forceInput inputs still had columns are recognised by their count.
QList<qsizetype> forceInputColumns(const NodeDefinition& definition, const GraphNode& node)
{
    QList<qsizetype> removed;
    qsizetype count = 0;
    for (const InputDefinition& input : definition.inputs) {
        if (!input.isWidget() && !input.isForceInput()) {
            continue;
        }
        if (input.isForceInput()) {
            removed.append(count);
        }
        count += input.hasControlColumn() ? 2 : 1;
    }
    const bool applies = node.widgetsValues.is_array() && qsizetype(node.widgetsValues.size()) == count;
    return applies ? removed : QList<qsizetype>();
}

const WidgetColumn* columnOf(const QList<WidgetColumn>& columns, const QString& input)
{
    for (const WidgetColumn& column : columns) {
        if (column.input->name == input) {
            return &column;
        }
    }
    return nullptr;
}

void setColumn(Json& values, qsizetype column, const Json& value)
{
    while (qsizetype(values.size()) <= column) {
        values.push_back(nullptr);
    }
    values[std::size_t(column)] = value;
}

// Earlier columns that the file does not have get what the front end would show there.
void fillDefaults(const QList<WidgetColumn>& columns, Json& values, qsizetype end)
{
    const qsizetype first = qsizetype(values.size());
    for (const WidgetColumn& column : columns) {
        if (column.column >= first && column.column < end) {
            setColumn(values, column.column, column.input->defaultValue());
        }
        if (column.controlColumn >= first && column.controlColumn < end) {
            setColumn(values, column.controlColumn, "fixed");
        }
    }
}

bool hasFilterColumn(const WidgetColumn& column)
{
    return column.controlColumn >= 0 && column.input->widgetType() == u"COMBO";
}

qsizetype endOf(const QList<WidgetColumn>& columns)
{
    qsizetype end = 0;
    for (const WidgetColumn& column : columns) {
        const qsizetype control = column.controlColumn + (hasFilterColumn(column) ? 1 : 0);
        end = std::max({end, column.column + 1, control + 1});
    }
    return end;
}

Json savedAt(const Json& values, qsizetype column, const Json& fallback)
{
    return column >= 0 && std::size_t(column) < values.size() ? values[std::size_t(column)] : fallback;
}

// The inputs that a choice brings have columns of their own, so that those of the widgets after it move when
// it changes. Each keeps its value; new ones get their defaults.
void setChoice(const NodeDefinition& definition, GraphNode& node, const WidgetColumn& chosen,
               const Json& choice)
{
    const qsizetype combo = chosen.column;
    const QList<WidgetColumn> before = widgetColumns(definition, node);
    const Json old = std::move(node.widgetsValues);
    node.widgetsValues = Json::object(); // by name, so that other choices are found where they are now
    for (const WidgetColumn& column : before) {
        if (column.column >= 0) {
            node.widgetsValues[column.input->name.toStdString()] =
                savedAt(old, column.column, column.input->defaultValue());
        }
    }
    node.widgetsValues[chosen.input->name.toStdString()] = choice;
    const QList<WidgetColumn> after = widgetColumns(definition, node);
    Json values = Json::array();
    for (qsizetype i = 0; i < combo; ++i) {
        values.push_back(savedAt(old, i, nullptr));
    }
    values.push_back(choice);
    for (const WidgetColumn& column : after) {
        if (column.column <= combo) {
            continue;
        }
        const WidgetColumn* known = columnOf(before, column.input->name);
        setColumn(values, column.column,
                  savedAt(old, known ? known->column : -1, column.input->defaultValue()));
        const qsizetype control = known ? known->controlColumn : -1;
        if (column.controlColumn >= 0) {
            setColumn(values, column.controlColumn, savedAt(old, control, "fixed"));
        }
        if (hasFilterColumn(column)) {
            setColumn(values, column.controlColumn + 1, savedAt(old, control < 0 ? -1 : control + 1, ""));
        }
    }
    for (std::size_t i = std::size_t(endOf(before)); i < old.size(); ++i) {
        values.push_back(old[i]); // buttons and what else stands behind
    }
    node.widgetsValues = std::move(values);
}

} // namespace

const Json* savedWidgetValue(const GraphNode& node, const QString& input, qsizetype column)
{
    const Json& values = node.widgetsValues;
    if (values.is_array()) {
        return column >= 0 && std::size_t(column) < values.size() ? &values[std::size_t(column)] : nullptr;
    }
    if (const Json* named = member(values, input.toStdString())) {
        return named;
    }
    return member(values, std::to_string(column));
}

QList<WidgetColumn> widgetColumns(const NodeDefinition& definition, const GraphNode& node)
{
    QList<WidgetColumn> columns;
    ColumnWalker walker(node, columns);
    walker.setRemoved(forceInputColumns(definition, node));
    for (const InputDefinition& input : definition.inputs) {
        if (input.isWidget()) {
            walker.add(input);
        }
    }
    for (WidgetColumn& column : columns) {
        column.column = column.column < 0 ? -1 : walker.saved(column.column);
        column.controlColumn = column.controlColumn < 0 ? -1 : walker.saved(column.controlColumn);
    }
    return columns;
}

Json widgetValue(const GraphNode& node, const WidgetColumn& column)
{
    const Json* saved =
        column.column < 0 ? nullptr : savedWidgetValue(node, column.input->name, column.column);
    return coerceWidgetValue(node.type, *column.input, saved ? *saved : column.input->defaultValue());
}

Json widgetValue(const NodeDefinition& definition, const GraphNode& node, const QString& input)
{
    const QList<WidgetColumn> columns = widgetColumns(definition, node);
    const WidgetColumn* column = columnOf(columns, input);
    return column ? widgetValue(node, *column) : Json();
}

bool setWidgetValue(const NodeDefinition& definition, GraphNode& node, const QString& input,
                    const Json& value)
{
    const QList<WidgetColumn> columns = widgetColumns(definition, node);
    const WidgetColumn* column = columnOf(columns, input);
    if (!column || column->column < 0) {
        return false;
    }
    Json& values = node.widgetsValues;
    if (values.is_object()) {
        const std::string index = std::to_string(column->column);
        const std::string name = input.toStdString();
        values[!values.contains(name) && values.contains(index) ? index : name] = value;
        return true;
    }
    if (!values.is_array()) {
        values = Json::array();
    }
    fillDefaults(columns, values, column->column);
    if (column->input->isDynamicCombo()) {
        setChoice(definition, node, *column, value);
    } else {
        setColumn(values, column->column, value);
    }
    return true;
}

} // namespace gesso
