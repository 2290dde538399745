// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/form/rawvalues.h"

namespace gesso {
namespace {

constexpr QLatin1String kPrefix("value ");

// The position a name means, or -1.
qsizetype positionOf(const Json& values, const QString& name)
{
    if (!name.startsWith(kPrefix)) {
        return -1;
    }
    bool ok = false;
    const qlonglong number = QStringView(name).mid(kPrefix.size()).toLongLong(&ok);
    return ok && number >= 1 && number <= static_cast<qlonglong>(values.size()) ? number - 1 : -1;
}

Json* find(Json& values, const QString& name)
{
    if (values.is_object()) {
        return member(values, name.toStdString());
    }
    if (!values.is_array()) {
        return nullptr;
    }
    const qsizetype at = positionOf(values, name);
    return at < 0 ? nullptr : &values[static_cast<std::size_t>(at)];
}

} // namespace

QString primitiveInputName()
{
    return QStringLiteral("value");
}

QStringList rawValueNames(const GraphNode& node)
{
    QStringList names;
    if (node.widgetsValues.is_object()) {
        for (const auto& [key, value] : node.widgetsValues.items()) {
            names.append(QString::fromStdString(key));
        }
    } else if (node.widgetsValues.is_array()) {
        for (std::size_t i = 1; i <= node.widgetsValues.size(); ++i) {
            names.append(kPrefix + QString::number(i));
        }
    }
    return names;
}

const Json* rawValue(const GraphNode& node, const QString& name)
{
    const Json& values = node.widgetsValues;
    if (values.is_object()) {
        return member(values, name.toStdString());
    }
    const qsizetype at = values.is_array() ? positionOf(values, name) : -1;
    return at < 0 ? nullptr : &values[static_cast<std::size_t>(at)];
}

bool setRawValue(GraphNode& node, const QString& name, const Json& value)
{
    Json* found = find(node.widgetsValues, name);
    if (!found) {
        return false;
    }
    *found = value;
    return true;
}

} // namespace gesso
