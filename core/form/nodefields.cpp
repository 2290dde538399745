// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/nodefields.h"

#include "core/form/rawvalues.h"
#include "core/workflow/widgetlayout.h"

#include <QSet>

namespace gesso {
namespace {

Json optionOf(const InputDefinition& input, const char* key)
{
    const Json* value = member(input.options, key);
    return value ? *value : Json();
}

FieldLimits limitsOf(const InputDefinition& input)
{
    return {optionOf(input, "min"), optionOf(input, "max"), optionOf(input, "step"), optionOf(input, "round"),
            stringMember(input.options, "display") == QLatin1String("slider")};
}

bool isNumber(FieldKind kind)
{
    return kind == FieldKind::Integer || kind == FieldKind::Float || kind == FieldKind::Seed;
}

void describe(Field& field, const InputDefinition& input)
{
    field.kind = kindOf(input);
    field.tooltip = stringMember(input.options, "tooltip");
    field.placeholder = stringMember(input.options, "placeholder");
    field.defaultValue = optionOf(input, "default");
    if (isNumber(field.kind)) {
        field.limits = limitsOf(input);
    }
    if (input.choices.is_array()) {
        field.choices.reserve(static_cast<qsizetype>(input.choices.size()));
        for (const Json& choice : input.choices) {
            field.choices.append(choice);
        }
    }
    if (field.kind == FieldKind::Boolean) {
        field.labelOn = stringMember(input.options, "label_on");
        field.labelOff = stringMember(input.options, "label_off");
    }
    field.dynamicPrompts = boolMember(input.options, "dynamicPrompts");
    field.choosesInputs = input.isDynamicCombo();
}

Field startField(const FormNode& node, const QString& input)
{
    Field field;
    field.ref = {node.id, input};
    field.nodeTitle = node.title;
    field.nodeType = node.type;
    if (const FormInput* slot = node.input(input)) {
        field.linked = slot->linked;
        field.label = slot->label;
    }
    return field;
}

void setFieldStart(Field& field, Json value)
{
    field.original = value;
    field.value = std::move(value);
}

std::optional<QString> controlAt(const GraphNode& node, qsizetype column)
{
    const Json& values = node.widgetsValues;
    if (!values.is_array() || column < 0 || column >= static_cast<qsizetype>(values.size())) {
        return std::nullopt;
    }
    const Json& control = values[static_cast<std::size_t>(column)];
    return control.is_string() ? std::optional(toQString(control)) : std::nullopt;
}

QList<Field> fieldsOfKnownGraphNode(const FormNode& node)
{
    QList<Field> fields;
    for (const WidgetColumn& column : widgetColumns(*node.definition, *node.graphNode)) {
        if (column.column < 0) {
            continue; // shows something, holds nothing (a picture comparer)
        }
        Field field = startField(node, column.input->name);
        describe(field, *column.input);
        if (column.controlColumn >= 0) {
            field.controlAfterGenerate =
                controlAt(*node.graphNode, column.controlColumn).value_or(QStringLiteral("fixed"));
        }
        setFieldStart(field, widgetValue(*node.graphNode, column));
        fields.append(field);
    }
    return fields;
}

QList<Field> fieldsOfPrimitive(const FormNode& node)
{
    const Json& values = node.graphNode->widgetsValues;
    if (!values.is_array() || values.empty()) {
        return {};
    }
    Field field = startField(node, primitiveInputName());
    if (node.drives) {
        describe(field, *node.drives);
        field.controlAfterGenerate = controlAt(*node.graphNode, 1);
    }
    setFieldStart(field, values.front());
    return {field};
}

QList<Field> fieldsOfUnknownGraphNode(const FormNode& node)
{
    QList<Field> fields;
    for (const QString& name : rawValueNames(*node.graphNode)) {
        Field field = startField(node, name);
        setFieldStart(field, *rawValue(*node.graphNode, name));
        fields.append(field);
    }
    return fields;
}

Field promptField(const FormNode& node, const InputDefinition& declared)
{
    Field field = startField(node, declared.name);
    describe(field, declared);
    const Json* value = node.promptNode->input(declared.name);
    setFieldStart(field, value && !field.linked ? *value : declared.defaultValue());
    return field;
}

void addPromptFields(const FormNode& node, const InputDefinition& declared, QList<Field>& fields)
{
    if (!declared.isWidget() || !declared.isSaved()) {
        return;
    }
    fields.append(promptField(node, declared));
    if (const DynamicOption* option = declared.dynamicOption(toQString(fields.last().value))) {
        for (const InputDefinition& brought : option->inputs) {
            addPromptFields(node, brought, fields);
        }
    }
}

QList<Field> fieldsOfPromptNode(const FormNode& node)
{
    QList<Field> fields;
    if (node.definition) {
        for (const InputDefinition& declared : node.definition->inputs) {
            addPromptFields(node, declared, fields);
        }
    }
    QSet<QString> known;
    for (const Field& field : std::as_const(fields)) {
        known.insert(field.ref.input);
    }
    for (const auto& [name, value] : node.promptNode->inputs) {
        if (asLink(value) || known.contains(name)) {
            continue;
        }
        Field field = startField(node, name);
        setFieldStart(field, value);
        fields.append(field);
    }
    return fields;
}

} // namespace

QList<Field> fieldsOfNode(const FormNode& node)
{
    if (node.promptNode) {
        return fieldsOfPromptNode(node);
    }
    if (node.isPrimitive()) {
        return fieldsOfPrimitive(node);
    }
    return node.definition ? fieldsOfKnownGraphNode(node) : fieldsOfUnknownGraphNode(node);
}

FieldKind kindOf(const InputDefinition& input)
{
    const QString type = input.widgetType();
    if (input.isUpload()) {
        return boolMember(input.options, "image_upload") ? FieldKind::Image : FieldKind::File;
    }
    if (type == QLatin1String("INT")) {
        // Not every number with a control is a seed: PrimitiveInt has one too, and may drive a width.
        return input.name.contains(QLatin1String("seed"), Qt::CaseInsensitive) ? FieldKind::Seed
                                                                               : FieldKind::Integer;
    }
    if (type == QLatin1String("FLOAT")) {
        return FieldKind::Float;
    }
    if (type == QLatin1String("STRING")) {
        return boolMember(input.options, "multiline") ? FieldKind::MultilineText : FieldKind::Text;
    }
    if (type == QLatin1String("BOOLEAN")) {
        return FieldKind::Boolean;
    }
    const Json* several = member(input.options, "multi_select");
    const bool picksSeveral = boolMember(input.options, "multiselect") || (several && several->is_object());
    if (input.isDynamicCombo() || (type == QLatin1String("COMBO") && !picksSeveral)) {
        return FieldKind::Combo;
    }
    return FieldKind::RawJson;
}

} // namespace gesso
