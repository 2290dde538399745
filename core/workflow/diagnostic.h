// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QList>
#include <QString>

#include <optional>

namespace gesso {

enum class Severity { Info, Warning, Error };

// One finding about a workflow or a prompt: from reading, converting, validating or from the server's
// node_errors. `code` is stable and kebab-case; docs/cli.md lists all, and a test raises each.
struct Diagnostic {
    // A value that would mend it, one click away in the form.
    struct Fix {
        QString label; // "Use sdxl/juggernaut.safetensors"
        Json value;

        bool operator==(const Fix&) const = default;
    };

    Severity severity = Severity::Error;
    QString code;
    NodeId node; // id in the prompt ("12:5" inside a subgraph); empty if about the whole
    QString nodeType;
    QString nodeTitle;
    QString input;
    QString message; // plain words, never markup
    std::optional<Fix> fix;
    // For programs, an object or null. Of missing-node: {"uses": [{"node","title","inside":[names of the
    // subgraphs, outermost first],"sent"}], "packs": [{"id","source","version"}]}. Of missing-model: {"name",
    // "folder","links":[http and https only],"hash","hashType"}.
    Json details;

    bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = QList<Diagnostic>;

bool hasErrors(const Diagnostics& diagnostics);
// {"severity","code","node","nodeType","title","input","message","fix":{"label","value"},"details"}
Json toJson(const Diagnostic& diagnostic);

} // namespace gesso
