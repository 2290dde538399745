// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/formjson.h"

namespace gesso::cli {
namespace {

void addIfSet(Json& object, const char* key, const Json& value)
{
    if (!value.is_null()) {
        object[key] = value;
    }
}

void addIfSet(Json& object, const char* key, const QString& text)
{
    if (!text.isEmpty()) {
        object[key] = toJson(text);
    }
}

Json fieldJson(const Field& field)
{
    Json object = Json::object();
    object["key"] = toJson(field.ref.toString());
    object["label"] = toJson(field.label);
    addIfSet(object, "role", nameOf(field.role));
    object["type"] = toJson(nameOf(field.kind));
    object["node"] = toJson(field.ref.node.toString());
    object["input"] = toJson(field.ref.input);
    addIfSet(object, "nodeTitle", field.nodeTitle);
    addIfSet(object, "nodeType", field.nodeType);
    object["value"] = field.value;
    addIfSet(object, "default", field.defaultValue);
    addIfSet(object, "min", field.limits.min);
    addIfSet(object, "max", field.limits.max);
    addIfSet(object, "step", field.limits.step);
    addIfSet(object, "round", field.limits.round);
    if (!field.choices.isEmpty()) {
        object["choices"] = Json::array();
        for (const Json& choice : field.choices) {
            object["choices"].push_back(choice);
        }
    }
    addIfSet(object, "labelOn", field.labelOn);
    addIfSet(object, "labelOff", field.labelOff);
    if (field.controlAfterGenerate) {
        addIfSet(object, "controlAfterGenerate", *field.controlAfterGenerate);
    }
    addIfSet(object, "tooltip", field.tooltip);
    if (field.linked) {
        object["linked"] = true;
    }
    if (field.dynamicPrompts) {
        object["dynamicPrompts"] = true;
    }
    return object;
}

} // namespace

Json formToJson(const Form& form)
{
    Json object = Json::object();
    object["title"] = toJson(form.title);
    object["fromAppMode"] = form.fromAppMode;
    object["groups"] = Json::array();
    for (const FieldGroup& group : form.groups) {
        Json entry = Json::object();
        entry["title"] = toJson(group.title);
        addIfSet(entry, "node", group.node.toString());
        entry["essential"] = group.essential;
        entry["fields"] = Json::array();
        for (const qsizetype index : group.fields) {
            entry["fields"].push_back(fieldJson(form.fields.at(index)));
        }
        object["groups"].push_back(std::move(entry));
    }
    return object;
}

} // namespace gesso::cli
