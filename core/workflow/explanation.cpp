// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/explanation.h"

namespace gesso {

QString nameOf(Explanation::Kind kind)
{
    switch (kind) {
    case Explanation::Kind::Muted:
        return QStringLiteral("muted");
    case Explanation::Kind::Bypassed:
        return QStringLiteral("bypassed");
    case Explanation::Kind::Note:
        return QStringLiteral("note");
    case Explanation::Kind::Reroute:
        return QStringLiteral("reroute");
    case Explanation::Kind::Primitive:
        return QStringLiteral("primitive");
    case Explanation::Kind::SetGet:
        return QStringLiteral("set-get");
    case Explanation::Kind::Everywhere:
        return QStringLiteral("everywhere");
    case Explanation::Kind::Subgraph:
        return QStringLiteral("subgraph");
    case Explanation::Kind::Renamed:
        return QStringLiteral("renamed");
    case Explanation::Kind::Unlinked:
        return QStringLiteral("unlinked");
    case Explanation::Kind::Promoted:
        return QStringLiteral("promoted");
    case Explanation::Kind::Choice:
        return QStringLiteral("choice");
    case Explanation::Kind::FileNameToken:
        return QStringLiteral("file-name-token");
    case Explanation::Kind::Default:
        return QStringLiteral("default");
    }
    return {};
}

Json toJson(const Explanation& explanation)
{
    Json json = {{"kind", toJson(nameOf(explanation.kind))},
                 {"node", toJson(explanation.node.toString())},
                 {"title", toJson(explanation.title)},
                 {"type", toJson(explanation.type)}};
    if (!explanation.input.isEmpty()) {
        json["input"] = toJson(explanation.input);
    }
    json["text"] = toJson(explanation.text);
    return json;
}

} // namespace gesso
