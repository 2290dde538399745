// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/typematching.h"

#include <QStringList>

namespace gesso::conversion {
namespace {

bool isAny(const QString& type)
{
    return type.isEmpty() || type == u"*";
}

} // namespace

bool areCompatible(const QString& first, const QString& second)
{
    if (isAny(first) || isAny(second) || first.compare(second, Qt::CaseInsensitive) == 0) {
        return true;
    }
    if (!first.contains(QLatin1Char(',')) && !second.contains(QLatin1Char(','))) {
        return false;
    }
    const QStringList offered = first.split(QLatin1Char(','));
    const QStringList wanted = second.split(QLatin1Char(','));
    for (const QString& type : offered) {
        if (wanted.contains(type, Qt::CaseInsensitive)) {
            return true;
        }
    }
    return false;
}

int bypassInput(const LiveNode& node, int slot, const QString& type)
{
    const QList<LiveInput>& inputs = node.inputs;
    if (inputs.isEmpty()) {
        return -1;
    }
    if (isAny(type)) {
        return slot < inputs.size() ? slot : 0;
    }
    const QString outputType = node.outputType(slot);
    const auto fits = [&](const LiveInput& input) {
        return areCompatible(input.type, outputType) && areCompatible(input.type, type);
    };
    if (slot < inputs.size() && fits(inputs.at(slot))) {
        return slot;
    }
    for (int i = 0; i < inputs.size(); ++i) {
        if (inputs.at(i).type == type) {
            return i;
        }
    }
    for (int i = 0; i < inputs.size(); ++i) {
        if (fits(inputs.at(i))) {
            return i;
        }
    }
    return -1;
}

} // namespace gesso::conversion
