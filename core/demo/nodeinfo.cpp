// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodeinfo.h"

namespace gesso::demo {

namespace {

Json stringList(const QStringList& values)
{
    Json list = Json::array();
    for (const QString& value : values) {
        list.push_back(toJson(value));
    }
    return list;
}

} // namespace

NodeInfo::NodeInfo(const char* name, const char* displayName, const char* category, const char* description)
{
    m_json = Json{
        {"input", {{"required", Json::object()}}},
        {"input_order", {{"required", Json::array()}}},
        {"is_input_list", false},
        {"output", Json::array()},
        {"output_is_list", Json::array()},
        {"output_name", Json::array()},
        {"name", name},
        {"display_name", displayName},
        {"description", description},
        {"python_module", "gesso_demo"},
        {"category", category},
        {"output_node", false},
        {"search_aliases", Json::array()},
    };
}

NodeInfo& NodeInfo::add(const char* section, const char* name, Json type, const char* tooltip, Json options)
{
    if (tooltip) {
        options["tooltip"] = tooltip;
    }
    m_json["input"][section][name] = Json::array({std::move(type), std::move(options)});
    m_json["input_order"][section].push_back(name);
    return *this;
}

NodeInfo& NodeInfo::input(const char* name, const char* type, const char* tooltip, Json options)
{
    return add("required", name, type, tooltip, std::move(options));
}

NodeInfo& NodeInfo::optionalInput(const char* name, const char* type, const char* tooltip, Json options)
{
    return add("optional", name, type, tooltip, std::move(options));
}

NodeInfo& NodeInfo::integer(const char* name, std::uint64_t defaultValue, std::int64_t min, std::uint64_t max,
                            std::int64_t step, const char* tooltip, Json more)
{
    Json options{{"default", defaultValue}, {"min", min}, {"max", max}};
    if (step > 0) {
        options["step"] = step;
    }
    options.update(more);
    return add("required", name, "INT", tooltip, std::move(options));
}

NodeInfo& NodeInfo::number(const char* name, double defaultValue, double min, double max, double step,
                           const char* tooltip, Json more)
{
    Json options{{"default", defaultValue}, {"min", min}, {"max", max}, {"step", step}};
    options.update(more);
    return add("required", name, "FLOAT", tooltip, std::move(options));
}

NodeInfo& NodeInfo::choice(const char* name, const QStringList& values, const char* tooltip)
{
    return add("required", name, stringList(values), tooltip, Json::object());
}

NodeInfo& NodeInfo::comboChoice(const char* name, const QStringList& values, const char* tooltip)
{
    return add("required", name, "COMBO", tooltip,
               Json{{"multiselect", false}, {"options", stringList(values)}});
}

NodeInfo& NodeInfo::files(const char* name, const char* tooltip)
{
    return add("required", name, Json::array(), tooltip, Json{{"image_upload", true}});
}

NodeInfo& NodeInfo::output(const char* type, const char* tooltip)
{
    m_json["output"].push_back(type);
    m_json["output_is_list"].push_back(false);
    m_json["output_name"].push_back(type);
    if (tooltip) {
        m_json["output_tooltips"].push_back(tooltip);
    }
    return *this;
}

NodeInfo& NodeInfo::savesFiles()
{
    m_json["input"]["hidden"] = Json{{"prompt", "PROMPT"}, {"extra_pnginfo", "EXTRA_PNGINFO"}};
    m_json["input_order"]["hidden"] = Json::array({"prompt", "extra_pnginfo"});
    m_json["output_node"] = true;
    return *this;
}

NodeInfo& NodeInfo::aliases(const QStringList& words)
{
    m_json["search_aliases"] = stringList(words);
    return *this;
}

QString NodeInfo::name() const
{
    return stringMember(m_json, "name");
}

QList<InputSpec> inputSpecs(const Json& nodeInfo)
{
    QList<InputSpec> specs;
    const Json* input = member(nodeInfo, "input");
    for (const char* section : {"required", "optional"}) {
        const Json* inputs = input ? member(*input, section) : nullptr;
        if (!inputs) {
            continue;
        }
        for (const auto& item : inputs->items()) {
            const Json& config = item.value();
            InputSpec spec{QString::fromStdString(item.key()),
                           qstrcmp(section, "required") == 0,
                           {},
                           &config,
                           nullptr,
                           nullptr};
            spec.options = config.size() > 1 ? &config[1] : nullptr;
            spec.choices = config[0].is_array() ? &config[0]
                                                : (spec.options ? member(*spec.options, "options") : nullptr);
            spec.type = config[0].is_array() ? QStringLiteral("COMBO") : toQString(config[0]);
            specs.append(spec);
        }
    }
    return specs;
}

} // namespace gesso::demo
