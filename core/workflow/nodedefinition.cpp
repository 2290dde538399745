// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/nodedefinition.h"

#include <QSet>

#include <algorithm>

namespace gesso {
namespace {

bool isTrue(const Json& options, const char* key)
{
    return boolMember(options, key);
}

// As JavaScript sees it.
bool isTruthy(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::boolean:
        return value.get<bool>();
    case Json::value_t::string:
        return !value.get_ref<const std::string&>().empty();
    case Json::value_t::array:
    case Json::value_t::object:
        return true;
    default:
        return value.is_number() && value.get<double>() != 0;
    }
}

} // namespace

QString InputDefinition::widgetType() const
{
    return stringMember(options, "widgetType", type);
}

bool InputDefinition::isForceInput() const
{
    return isTrue(options, "forceInput")
        || (section == InputSection::Optional && isTrue(options, "defaultInput"));
}

bool InputDefinition::isWidget() const
{
    // What the web front end draws a widget for, beside the five basic types: pictures to compare, colours,
    // 3D viewers, camera and microphone.
    static const QSet<QString> widgetTypes{
        QStringLiteral("INT"),
        QStringLiteral("FLOAT"),
        QStringLiteral("STRING"),
        QStringLiteral("BOOLEAN"),
        QStringLiteral("COMBO"),
        QStringLiteral("COMFY_DYNAMICCOMBO_V3"),
        QStringLiteral("IMAGECOMPARE"),
        QStringLiteral("COLOR"),
        QStringLiteral("LOAD_3D"),
        QStringLiteral("WEBCAM"),
        QStringLiteral("LOAD_3D_ANIMATION"),
        QStringLiteral("AUDIO_RECORD"),
    };
    return section != InputSection::Hidden && !isForceInput() && widgetTypes.contains(widgetType());
}

bool InputDefinition::hasControlColumn() const
{
    const QString kind = widgetType();
    const Json* declared = member(options, "control_after_generate");
    if (declared) {
        const bool wanted = declared->is_boolean() ? declared->get<bool>() : declared->is_string();
        return wanted && (kind == u"INT" || kind == u"COMBO");
    }
    return kind == u"INT" && (name == u"seed" || name == u"noise_seed");
}

bool InputDefinition::isUpload() const
{
    return isTrue(options, "image_upload") || isTrue(options, "video_upload")
        || isTrue(options, "audio_upload") || isTrue(options, "animated_image_upload");
}

bool InputDefinition::isSaved() const
{
    return widgetType() != u"IMAGECOMPARE";
}

bool InputDefinition::isMultiline() const
{
    return widgetType() == u"STRING" && isTrue(options, "multiline");
}

bool InputDefinition::isMultiSelect() const
{
    const Json* declared = member(options, "multi_select"); // true, or an object that says how it looks
    return declared && widgetType() == u"COMBO" && isTruthy(*declared);
}

bool InputDefinition::isDynamicCombo() const
{
    return type == u"COMFY_DYNAMICCOMBO_V3";
}

bool InputDefinition::isDynamicSlot() const
{
    return type == u"COMFY_DYNAMICSLOT_V3";
}

bool InputDefinition::isAutogrow() const
{
    return type == u"COMFY_AUTOGROW_V3";
}

const DynamicOption* InputDefinition::dynamicOption(const QString& key) const
{
    const auto found = std::find_if(dynamicOptions.begin(), dynamicOptions.end(),
                                    [&key](const DynamicOption& option) { return option.key == key; });
    return found == dynamicOptions.end() ? nullptr : &*found;
}

Json InputDefinition::defaultValue() const
{
    const QString kind = widgetType();
    if (isMultiSelect()) {
        return Json::array();
    }
    if (const Json* declared = member(options, "default"); declared && !declared->is_null()) {
        if (kind != u"COMBO" || isTruthy(*declared) || choices.empty()) {
            return *declared; // the front end passes over 0, false and "" of a combo
        }
    }
    if (kind == u"INT" || kind == u"FLOAT") {
        return 0;
    }
    if (kind == u"STRING") {
        return "";
    }
    if (kind == u"BOOLEAN") {
        return false;
    }
    if (kind == u"IMAGECOMPARE") {
        return Json::array({"", ""}); // the two pictures to compare, neither there yet
    }
    if (isDynamicCombo()) {
        return dynamicOptions.empty() ? Json() : toJson(dynamicOptions.front().key);
    }
    if (choices.is_array() && !choices.empty()) {
        return choices.front();
    }
    return {};
}

const InputDefinition* NodeDefinition::input(const QString& name) const
{
    const auto found = std::find_if(inputs.begin(), inputs.end(),
                                    [&name](const InputDefinition& entry) { return entry.name == name; });
    return found == inputs.end() ? nullptr : &*found;
}

} // namespace gesso
