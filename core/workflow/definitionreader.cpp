// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/definitionreader.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace gesso {
namespace {

constexpr int kMaxDynamicDepth = 8; // dynamic combos nest; real ones twice
constexpr int kMaxGrown = 256;
constexpr int kDefaultMaxGrown = 100; // the front end's

std::vector<InputDefinition> readSections(const Json& inputs, const Json& order, const QString& prefix,
                                          int depth);

// A list of values, whether old combos ([["a","b"], {}]) or new ones (["COMBO", {"options": […]}]).
Json readChoices(const Json& type, const Json& options)
{
    if (type.is_array()) {
        return type;
    }
    const Json* list = member(options, "options");
    return list && list->is_array() ? *list : Json();
}

std::vector<DynamicOption> readDynamicOptions(const Json& options, const QString& name, int depth)
{
    std::vector<DynamicOption> result;
    const Json* list = member(options, "options");
    if (!list || !list->is_array() || depth >= kMaxDynamicDepth) {
        return result;
    }
    for (const Json& entry : *list) {
        DynamicOption option;
        option.key = stringMember(entry, "key");
        if (const Json* inputs = member(entry, "inputs")) {
            option.inputs = readSections(*inputs, Json(), name + QLatin1Char('.'), depth + 1);
        }
        result.push_back(std::move(option));
    }
    return result;
}

// {slotType, inputs: {required: {…}}}: they are there once the slot is linked.
std::vector<DynamicOption> readSlotInputs(const Json& options, const QString& name, int depth)
{
    const Json* inputs = member(options, "inputs");
    if (!inputs || depth >= kMaxDynamicDepth) {
        return {};
    }
    std::vector<DynamicOption> result(1);
    result.front().inputs = readSections(*inputs, Json(), name + QLatin1Char('.'), depth + 1);
    return result;
}

InputDefinition readInput(const QString& name, InputSection section, const Json& spec, int depth);

// The part of its inputs' names that tells one group of a growing input from the next: listed, or counted.
struct GrowingNames {
    QStringList listed;
    QString prefix;
    qsizetype count = 0;

    explicit GrowingNames(const Json& shape)
        : prefix(stringMember(shape, "prefix"))
    {
        if (const Json* names = member(shape, "names"); names && names->is_array()) {
            for (const Json& entry : *names) {
                listed.append(toQString(entry));
            }
        }
        const qint64 max = intMember(shape, "max", kDefaultMaxGrown);
        count = std::clamp<qint64>(listed.isEmpty() ? max : listed.size(), 0, kMaxGrown);
    }

    // Groups of several inputs use those inputs' names in the place of the prefix.
    QString name(qsizetype group, const QString& input, bool isOnly) const
    {
        return listed.isEmpty() ? (isOnly ? prefix : input) + QString::number(group) : listed.at(group);
    }
};

// template: {input: {required: {image: […]}}, prefix: "image" or names: […], min, max}
void readGrownInputs(InputDefinition& input, int depth)
{
    const Json* shape = member(input.options, "template");
    const Json* inputs = shape ? member(*shape, "input") : nullptr;
    if (!inputs || depth >= kMaxDynamicDepth) {
        return;
    }
    const std::vector<InputDefinition> group = readSections(*inputs, Json(), {}, depth + 1);
    const GrowingNames names(*shape);
    const qsizetype min = std::clamp<qint64>(intMember(*shape, "min", 1), 0, names.count);
    for (qsizetype i = 0; i < names.count && input.grownInputs.size() < kMaxGrown; ++i) {
        for (const InputDefinition& shown : group) {
            InputDefinition grown = shown;
            grown.name = input.name + QLatin1Char('.') + names.name(i, shown.name, group.size() == 1);
            grown.section = i < min ? grown.section : InputSection::Optional;
            input.grownInputs.push_back(std::move(grown));
        }
    }
    input.minGrown = int(min * qsizetype(group.size()));
}

InputDefinition readInput(const QString& name, InputSection section, const Json& spec, int depth)
{
    InputDefinition input;
    input.name = name;
    input.section = section;
    input.options = Json::object();
    if (!spec.is_array() || spec.empty()) {
        input.type = toQString(spec); // hidden inputs are a bare string
        return input;
    }
    const Json& type = spec.front();
    input.type = type.is_array() ? QStringLiteral("COMBO") : toQString(type);
    if (spec.size() > 1 && spec[1].is_object()) {
        input.options = spec[1];
    }
    if (input.isDynamicCombo()) {
        input.dynamicOptions = readDynamicOptions(input.options, name, depth);
        input.choices = Json::array();
        for (const DynamicOption& option : input.dynamicOptions) {
            input.choices.push_back(toJson(option.key));
        }
    } else if (input.isDynamicSlot()) {
        input.dynamicOptions = readSlotInputs(input.options, name, depth);
    } else if (input.isAutogrow()) {
        readGrownInputs(input, depth);
    } else if (input.widgetType() == u"COMBO") {
        input.choices = readChoices(type, input.options);
    }
    return input;
}

void readSection(const Json& inputs, const Json& order, const char* key, InputSection section,
                 const QString& prefix, int depth, std::vector<InputDefinition>& result)
{
    const Json* declared = member(inputs, key);
    if (!declared || !declared->is_object()) {
        return;
    }
    QSet<QString> done;
    if (const Json* names = member(order, key); names && names->is_array()) {
        for (const Json& entry : *names) {
            const QString name = toQString(entry);
            const Json* spec = member(*declared, name.toStdString());
            if (spec && !done.contains(name)) {
                result.push_back(readInput(prefix + name, section, *spec, depth));
                done.insert(name);
            }
        }
    }
    for (const auto& [name, spec] : declared->items()) { // input_order may lack sections or names
        const QString text = QString::fromStdString(name);
        if (!done.contains(text)) {
            result.push_back(readInput(prefix + text, section, spec, depth));
        }
    }
}

std::vector<InputDefinition> readSections(const Json& inputs, const Json& order, const QString& prefix,
                                          int depth)
{
    std::vector<InputDefinition> result;
    readSection(inputs, order, "required", InputSection::Required, prefix, depth, result);
    readSection(inputs, order, "optional", InputSection::Optional, prefix, depth, result);
    return result;
}

QList<OutputDefinition> readOutputs(const Json& json)
{
    static const Json absent = Json::array();
    const auto list = [&json](const char* key) -> const Json& {
        const Json* value = member(json, key);
        return value && value->is_array() ? *value : absent;
    };
    const Json& types = list("output");
    const Json& names = list("output_name");
    const Json& isList = list("output_is_list");
    QList<OutputDefinition> outputs;
    for (std::size_t i = 0; i < types.size(); ++i) {
        OutputDefinition output;
        output.type = types[i].is_array() ? QStringLiteral("COMBO") : toQString(types[i]);
        output.choices = types[i].is_array() ? types[i] : Json();
        output.name = i < names.size() && names[i].is_string() ? toQString(names[i]) : output.type;
        output.isList = i < isList.size() && isList[i].is_boolean() && isList[i].get<bool>();
        outputs.append(output);
    }
    return outputs;
}

} // namespace

NodeDefinition readNodeDefinition(const QString& type, const Json& json)
{
    NodeDefinition definition;
    definition.type = type;
    definition.displayName = stringMember(json, "display_name");
    if (definition.displayName.isEmpty()) {
        definition.displayName = type;
    }
    definition.category = stringMember(json, "category");
    definition.description = stringMember(json, "description");
    definition.pythonModule = stringMember(json, "python_module");
    definition.isOutputNode = boolMember(json, "output_node");
    definition.isDeprecated = boolMember(json, "deprecated");
    definition.isExperimental = boolMember(json, "experimental");
    definition.isApiNode = boolMember(json, "api_node");
    definition.outputs = readOutputs(json);
    static const Json absent;
    const Json* order = member(json, "input_order");
    if (const Json* inputs = member(json, "input")) {
        std::vector<InputDefinition> read = readSections(*inputs, order ? *order : absent, {}, 0);
        definition.inputs = QList<InputDefinition>(std::make_move_iterator(read.begin()),
                                                   std::make_move_iterator(read.end()));
    }
    return definition;
}

} // namespace gesso
