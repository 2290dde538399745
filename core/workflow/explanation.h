// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QList>
#include <QString>

namespace gesso {

// One thing that a conversion did although nothing is wrong: a node that is not sent, or a value that comes
// from elsewhere than the node's own widget. `gesso convert --explain` prints them.
struct Explanation {
    enum class Kind {
        // Nodes that are not sent
        Muted,
        Bypassed, // with an input: what a consumer of the bypassed node got instead
        Note, // notes and canvas tools
        Reroute,
        Primitive, // its value is in the widgets it is linked to; with an input: such a widget
        SetGet, // with an input: what a Get node gave it
        Everywhere, // a broadcasting node the server lacks; with an input: what it was given
        Subgraph, // an instance: its inside is sent
        // Others
        Renamed, // an old class name
        Unlinked, // an input that lost its link
        Promoted, // the value of a subgraph instance or group node wins
        Choice, // {a|b} in a text
        FileNameToken,
        Default, // the file has no value for a widget
    };

    Kind kind = Kind::Note;
    NodeId node; // id in the prompt
    QString title;
    QString type; // as in the file
    QString input; // empty if it is about the whole node
    QString text; // one plain sentence

    bool operator==(const Explanation&) const = default;
};

using Explanations = QList<Explanation>;

QString nameOf(Explanation::Kind kind); // "muted", "file-name-token" …: stable, listed in docs/cli.md
Json toJson(const Explanation& explanation); // {"kind","node","title","type","input","text"}

} // namespace gesso
