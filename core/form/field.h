// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/base/strongid.h"

#include <QList>
#include <QString>

#include <optional>

namespace gesso {

// Which editor a field gets.
enum class FieldKind {
    MultilineText,
    Text,
    Integer,
    Float,
    Seed,
    Combo,
    Boolean,
    Image,
    Mask,
    File,
    RawJson
};

// What a field means in the graph, found by following links. The command line's well-known names.
enum class FieldRole {
    None,
    PositivePrompt,
    NegativePrompt,
    Seed,
    Steps,
    Cfg,
    Sampler,
    Scheduler,
    Denoise,
    Width,
    Height,
    Batch,
    Model,
    Lora,
    Image,
    Mask,
    OutputPrefix
};

// The widget a field edits. `node` is the path of ids from the root: "3", or "12:5" for node 5 inside the
// subgraph instance 12.
struct WidgetRef {
    NodeId node;
    QString input;

    bool operator==(const WidgetRef&) const = default;
    QString toString() const { return node.toString() + QLatin1Char('.') + input; }
};

// What a number may be, as the server declares it; integers beyond 2^53 keep their exact value.
struct FieldLimits {
    Json min; // null if none
    Json max;
    Json step;
    Json round; // FLOAT only
    bool slider = false; // options.display == "slider"
};

// One value of the workflow as the form shows it. A value of its own: editing goes through setFieldValue()
// (core/form/binding.h).
struct Field {
    WidgetRef ref;
    FieldKind kind = FieldKind::RawJson;
    FieldRole role = FieldRole::None;
    QString label; // for people
    QString group; // heading it stands under: "Essentials" or the node's title
    QString nodeTitle;
    QString nodeType;
    QString tooltip; // plain text
    QString placeholder;
    Json value; // as in the document
    Json defaultValue; // from the server; null if none
    Json original; // as when the document was opened: what "reset" returns to
    FieldLimits limits;
    QList<Json> choices; // combos and image lists
    QString labelOn, labelOff; // BOOLEAN
    bool essential = false;
    bool linked = false; // driven by a link: shown read-only
    bool dynamicPrompts = false;
    bool choosesInputs = false; // other fields come and go with its value: build the form again after an edit
    int sharedBy = 1; // how many instances of a subgraph an edit changes; the tooltip says so
    std::optional<QString> controlAfterGenerate; // "fixed", "increment", "decrement", "randomize"
};

// Fields under one heading: the Essentials, or those of a node.
struct FieldGroup {
    QString title;
    NodeId node; // empty for Essentials
    bool essential = false; // open at first
    QList<qsizetype> fields; // indexes into Form::fields
};

// All that can be edited in a workflow, made by buildForm().
struct Form {
    QString title;
    QList<Field> fields;
    QList<FieldGroup> groups; // Essentials first
    bool fromAppMode = false; // the author chose the first fields (extra.linearData)

    qsizetype indexOf(const WidgetRef& ref) const; // -1 if none
};

QString nameOf(FieldKind kind); // "multiline-text", …
QString nameOf(FieldRole role); // "PositivePrompt", …; "" for None

} // namespace gesso
