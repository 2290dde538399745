// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/linktypes.h"

#include <QSet>

namespace gesso {
namespace {

bool isAny(const QString& type)
{
    return type == u"*" || type == u"COMFY_MATCHTYPE_V3"; // a match type is minded by the front end
}

QSet<QString> membersOf(const QString& type)
{
    QSet<QString> members;
    const QStringList parts = type.split(QLatin1Char(','));
    for (const QString& part : parts) {
        members.insert(part.trimmed());
    }
    return members;
}

// The old form of a combo: the list itself is the type.
bool hasListAsType(const InputDefinition& input)
{
    return input.type == u"COMBO" && input.choices.is_array() && !member(input.options, "options");
}

} // namespace

bool serverAcceptsLink(const OutputDefinition& output, const InputDefinition& input)
{
    if (isAny(output.type) || isAny(input.type)) {
        return true;
    }
    const bool listGiven = output.choices.is_array();
    const bool listWanted = hasListAsType(input);
    if (listGiven || listWanted) {
        return listGiven && (listWanted ? output.choices == input.choices : input.type == u"COMBO");
    }
    const QSet<QString> given = membersOf(output.type);
    const QSet<QString> wanted = membersOf(input.type);
    return given.contains(QStringLiteral("*")) || wanted.contains(QStringLiteral("*"))
        || given.intersects(wanted);
}

} // namespace gesso
