// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/nodevalidator.h"

#include "core/workflow/numbers.h"

#include <QFileInfo>

#include <cmath>

namespace gesso::demo {

namespace {

// Python gives up at about this depth; ComfyUI then refuses without naming a node.
constexpr int maxDepth = 900;

Json inputError(const char* type, const QString& message, const QString& details, Json extraInfo)
{
    return Json{{"type", type},
                {"message", toJson(message)},
                {"details", toJson(details)},
                {"extra_info", std::move(extraInfo)}};
}

QString asText(const Json& value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
}

QString pythonText(const Json& value)
{
    if (value.is_string()) {
        return QLatin1Char('\'') + toQString(value) + QLatin1Char('\'');
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? QStringLiteral("True") : QStringLiteral("False");
    }
    return value.is_null() ? QStringLiteral("None") : asText(value);
}

// int(value), float(value), str(value), bool(value) of Python for JSON values; the error's text if it raises.
std::optional<QString> convertInteger(Json& value)
{
    if (value.is_boolean()) {
        value = value.get<bool>() ? 1 : 0;
    } else if (value.is_number_float()) {
        const double number = std::trunc(value.get<double>());
        if (!std::isfinite(number)) {
            return QStringLiteral("cannot convert float %1 to integer")
                .arg(std::isnan(number) ? u"NaN" : u"infinity");
        }
        if (number >= 0 && number < 18446744073709551616.0) {
            value = static_cast<std::uint64_t>(number);
        } else if (number < 0 && number >= -9223372036854775808.0) {
            value = static_cast<std::int64_t>(number);
        } else {
            value = number; // beyond 64 bits: good enough to compare with a limit
        }
    } else if (value.is_string()) {
        bool isSigned = false;
        bool isUnsigned = false;
        const QString text = toQString(value).trimmed();
        const qlonglong signedValue = text.toLongLong(&isSigned);
        const qulonglong unsignedValue = text.toULongLong(&isUnsigned);
        if (!isSigned && !isUnsigned) {
            return QStringLiteral("invalid literal for int() with base 10: ") + pythonText(value);
        }
        value = isUnsigned ? Json(unsignedValue) : Json(signedValue);
    } else if (!value.is_number()) {
        return QStringLiteral(
                   "int() argument must be a string, a bytes-like object or a real number, not '%1'")
            .arg(value.is_null() ? QStringLiteral("NoneType") : QStringLiteral("dict"));
    }
    return std::nullopt;
}

std::optional<QString> convertNumber(Json& value)
{
    if (value.is_boolean()) {
        value = value.get<bool>() ? 1.0 : 0.0;
    } else if (value.is_string()) {
        bool isNumber = false;
        const double number = toQString(value).trimmed().toDouble(&isNumber);
        if (!isNumber) {
            return QStringLiteral("could not convert string to float: ") + pythonText(value);
        }
        value = number;
    } else if (value.is_number()) {
        value = value.get<double>();
    } else {
        return QStringLiteral("float() argument must be a string or a real number, not '%1'")
            .arg(value.is_null() ? QStringLiteral("NoneType") : QStringLiteral("dict"));
    }
    return std::nullopt;
}

void convertBoolean(Json& value)
{
    const bool isTrue = value.is_boolean() ? value.get<bool>()
        : value.is_number()                ? value.get<double>() != 0
        : value.is_string()                ? !toQString(value).isEmpty()
                                           : !value.empty();
    value = isTrue;
}

bool isSmaller(const Json& a, const Json& b)
{
    return compareNumbers(a, b) < 0;
}

} // namespace

NodeValidator::NodeValidator(const NodeLibrary& library, const Folders& folders, PromptIndex& prompt)
    : m_library(library)
    , m_folders(folders)
    , m_prompt(prompt)
{
}

bool NodeValidator::validateOutput(const QString& id)
{
    if (const Missing missing = visit(id, 0)) {
        const QString text = QLatin1Char('\'') + *missing + QLatin1Char('\'');
        Reasons& reasons = m_reasons[id];
        reasons.isValid = false;
        reasons.errors.push_back(
            inputError("exception_during_validation", QStringLiteral("Exception when validating node"), text,
                       Json{{"exception_type", "KeyError"},
                            {"traceback",
                             Json::array({"  the prompt has no node "
                                          + writeJson(toJson(*missing)).toStdString() + "\n"})}}));
    }
    return m_reasons.value(id).isValid;
}

NodeValidator::Missing NodeValidator::visit(const QString& id, int depth)
{
    if (m_reasons.contains(id)) {
        return std::nullopt;
    }
    if (!m_prompt.contains(id)) {
        return id;
    }
    if (m_open.contains(id) || depth > maxDepth) {
        m_reasons[id].isValid = false;
        return std::nullopt;
    }
    m_open.insert(id);
    Reasons reasons;
    const NodeType* type = m_library.find(m_prompt.className(id));
    Json* inputs = m_prompt.inputs(id);
    for (const InputSpec& spec : type ? type->inputs : QList<InputSpec>()) {
        Json* value = inputs ? member(*inputs, spec.name.toStdString()) : nullptr;
        if (!value) {
            if (spec.isRequired) {
                reasons.errors.push_back(inputError("required_input_missing",
                                                    QStringLiteral("Required input is missing"), spec.name,
                                                    Json{{"input_name", toJson(spec.name)}}));
            }
        } else if (value->is_array()) {
            if (const Missing missing = checkLink(spec, *value, depth, reasons)) {
                m_open.remove(id);
                return missing;
            }
        } else {
            checkValue(spec, *value, reasons);
        }
    }
    if (type && inputs && reasons.errors.empty()) {
        checkFiles(*type, *inputs, reasons);
    }
    m_open.remove(id);
    reasons.isValid = reasons.isValid && reasons.errors.empty() && type && m_reasons.value(id).isValid;
    m_reasons.insert(id, reasons);
    return std::nullopt;
}

NodeValidator::Missing NodeValidator::checkLink(const InputSpec& spec, const Json& value, int depth,
                                                Reasons& reasons)
{
    if (value.size() != 2 || !value[0].is_string() || !value[1].is_number_integer()) {
        reasons.errors.push_back(inputError(
            "bad_linked_input",
            QStringLiteral("Bad linked input, must be a length-2 list of [node_id, slot_index]"), spec.name,
            Json{{"input_name", toJson(spec.name)},
                 {"input_config", *spec.config},
                 {"received_value", value}}));
        return std::nullopt;
    }
    const QString origin = toQString(value[0]);
    if (!m_prompt.contains(origin)) {
        return origin;
    }
    const NodeType* type = m_library.find(m_prompt.className(origin));
    const QString received =
        type ? type->outputTypes.value(static_cast<qsizetype>(value[1].get<int>())) : QString();
    if (received != spec.type) {
        reasons.errors.push_back(inputError("return_type_mismatch",
                                            QStringLiteral("Return type mismatch between linked nodes"),
                                            QStringLiteral("%1, received_type(%2) mismatch input_type(%3)")
                                                .arg(spec.name, received, spec.type),
                                            Json{{"input_name", toJson(spec.name)},
                                                 {"input_config", *spec.config},
                                                 {"received_type", toJson(received)},
                                                 {"linked_node", value}}));
        return std::nullopt;
    }
    if (const Missing missing = visit(origin, depth + 1)) {
        const QString text = QLatin1Char('\'') + *missing + QLatin1Char('\'');
        Reasons failed{false, Json::array()};
        failed.errors.push_back(inputError(
            "exception_during_inner_validation", QStringLiteral("Exception when validating inner node"), text,
            Json{{"input_name", toJson(spec.name)},
                 {"input_config", *spec.config},
                 {"exception_message", toJson(text)},
                 {"exception_type", "KeyError"},
                 {"traceback",
                  Json::array(
                      {"  the prompt has no node " + writeJson(toJson(*missing)).toStdString() + "\n"})},
                 {"linked_node", value}}));
        m_reasons.insert(origin, failed);
        reasons.isValid = false;
        return std::nullopt;
    }
    // A cycle: the origin is still open and has no result yet.
    reasons.isValid = reasons.isValid && m_reasons.contains(origin) && m_reasons.value(origin).isValid;
    return std::nullopt;
}

void NodeValidator::checkValue(const InputSpec& spec, Json& value, Reasons& reasons) const
{
    const Json received = value;
    std::optional<QString> problem;
    if (spec.type == u"INT") {
        problem = convertInteger(value);
    } else if (spec.type == u"FLOAT") {
        problem = convertNumber(value);
    } else if (spec.type == u"STRING") {
        value = value.is_string() ? value : toJson(pythonText(value));
    } else if (spec.type == u"BOOLEAN") {
        convertBoolean(value);
    } else if (spec.choices) {
        checkChoice(spec, value, reasons);
    }
    if (problem) {
        value = received;
        reasons.errors.push_back(
            inputError("invalid_input_type",
                       QStringLiteral("Failed to convert an input value to a %1 value").arg(spec.type),
                       QStringLiteral("%1, %2, %3").arg(spec.name, asText(received), *problem),
                       Json{{"input_name", toJson(spec.name)},
                            {"input_config", *spec.config},
                            {"received_value", received},
                            {"exception_message", toJson(*problem)}}));
        return;
    }
    checkLimits(spec, value, reasons);
}

void NodeValidator::checkLimits(const InputSpec& spec, const Json& value, Reasons& reasons) const
{
    if (!spec.options || !value.is_number()) {
        return;
    }
    const Json* min = member(*spec.options, "min");
    const Json* max = member(*spec.options, "max");
    const Json extra{
        {"input_name", toJson(spec.name)}, {"input_config", *spec.config}, {"received_value", value}};
    if (min && isSmaller(value, *min)) {
        reasons.errors.push_back(
            inputError("value_smaller_than_min",
                       QStringLiteral("Value %1 smaller than min of %2").arg(asText(value), asText(*min)),
                       spec.name, extra));
    } else if (max && isSmaller(*max, value)) {
        reasons.errors.push_back(
            inputError("value_bigger_than_max",
                       QStringLiteral("Value %1 bigger than max of %2").arg(asText(value), asText(*max)),
                       spec.name, extra));
    }
}

void NodeValidator::checkChoice(const InputSpec& spec, const Json& value, Reasons& reasons) const
{
    const bool namesFile = spec.options && boolMember(*spec.options, "image_upload");
    if (namesFile || std::find(spec.choices->begin(), spec.choices->end(), value) != spec.choices->end()) {
        return; // files are looked for by checkFiles
    }
    // ComfyUI keeps long lists out of its answers.
    const bool isLong = spec.choices->size() > 20;
    QStringList shown;
    for (const Json& choice : *spec.choices) {
        shown.append(pythonText(choice));
    }
    const QString list = isLong ? QStringLiteral("(list of length %1)").arg(shown.size())
                                : QLatin1Char('[') + shown.join(QStringLiteral(", ")) + QLatin1Char(']');
    reasons.errors.push_back(
        inputError("value_not_in_list", QStringLiteral("Value not in list"),
                   QStringLiteral("%1: %2 not in %3").arg(spec.name, pythonText(value), list),
                   Json{{"input_name", toJson(spec.name)},
                        {"input_config", isLong ? Json() : *spec.config},
                        {"received_value", value}}));
}

void NodeValidator::checkFiles(const NodeType& type, const Json& inputs, Reasons& reasons) const
{
    for (const QString& name : type.fileInputs) {
        const QString file = stringMember(inputs, name.toStdString());
        const std::optional<QString> path = annotatedPath(m_folders, file);
        if (!path || !QFileInfo(*path).isFile()) {
            reasons.errors.push_back(inputError("custom_validation_failed",
                                                QStringLiteral("Custom validation failed for node"),
                                                QStringLiteral("%1 - Invalid image file: %2").arg(name, file),
                                                Json{{"input_name", toJson(name)}}));
        }
    }
}

} // namespace gesso::demo
