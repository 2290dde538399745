// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QList>
#include <QString>

#include <vector>

namespace gesso {

enum class InputSection { Required, Optional, Hidden };

struct InputDefinition;

// One choice of a dynamic combo and the inputs it brings; their names are full ("resize_type.width").
struct DynamicOption {
    QString key;
    std::vector<InputDefinition> inputs;
};

// One input of a node class as /object_info declares it: [type, options?] (protocol.md, 8).
struct InputDefinition {
    QString name;
    InputSection section = InputSection::Required;
    QString type; // "INT", "COMBO" (also where the server sends a list), "IMAGE", "INT,FLOAT",
                  // "COMFY_DYNAMICCOMBO_V3" …
    Json choices; // array for combos (values may be numbers); null if none or remote
    Json options; // the options object, or {}
    // Of a COMFY_DYNAMICCOMBO_V3; of a COMFY_DYNAMICSLOT_V3 one without a key: what a link brings.
    std::vector<DynamicOption> dynamicOptions;
    // Of a COMFY_AUTOGROW_V3: every input it can grow to, "images.image0" …
    std::vector<InputDefinition> grownInputs;
    int minGrown = 0; // how many of them are always there

    // Drawn as a widget (conversion.md, 2.2 and 2.3): INT, FLOAT, STRING, BOOLEAN, COMBO or a widgetType
    // option, not forceInput.
    bool isWidget() const;
    QString widgetType() const; // options.widgetType, else type
    bool isForceInput() const;
    bool hasControlColumn() const; // control_after_generate, seed, noise_seed
    bool isUpload() const; // image_upload, video_upload, audio_upload …
    bool isSaved() const; // whether its widget has a column in widgets_values
    bool isMultiline() const;
    bool isMultiSelect() const; // a combo whose value is a list
    bool isDynamicCombo() const;
    bool isDynamicSlot() const;
    bool isAutogrow() const;
    const DynamicOption* dynamicOption(const QString& key) const; // nullptr if there is no such choice
    Json defaultValue() const; // conversion.md, 3.1
};

// One output of a node class.
struct OutputDefinition {
    QString name;
    QString type; // "COMBO" also where the server sends a list
    Json choices; // that list; null otherwise
    bool isList = false;
};

// A node class as /object_info describes it.
struct NodeDefinition {
    QString type; // class name
    QString displayName;
    QString category;
    QString description;
    QString pythonModule;
    QList<InputDefinition> inputs; // input_order: required, then optional; hidden left out
    QList<OutputDefinition> outputs;
    bool isOutputNode = false;
    bool isDeprecated = false;
    bool isExperimental = false;
    bool isApiNode = false;

    const InputDefinition* input(const QString& name) const; // nullptr if it has none
};

} // namespace gesso
