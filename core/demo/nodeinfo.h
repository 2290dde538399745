// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QStringList>

namespace gesso::demo {

// Builds one entry of /object_info, in the key order and forms of a current ComfyUI.
class NodeInfo
{
public:
    // `name` is ComfyUI's class name; the texts are ours.
    NodeInfo(const char* name, const char* displayName, const char* category, const char* description);

    NodeInfo& input(const char* name, const char* type, const char* tooltip = nullptr,
                    Json options = Json::object());
    NodeInfo& optionalInput(const char* name, const char* type, const char* tooltip = nullptr,
                            Json options = Json::object());
    NodeInfo& integer(const char* name, std::uint64_t defaultValue, std::int64_t min, std::uint64_t max,
                      std::int64_t step, const char* tooltip = nullptr,
                      Json more = Json::object()); // step 0: none given
    NodeInfo& number(const char* name, double defaultValue, double min, double max, double step,
                     const char* tooltip = nullptr, Json more = Json::object());
    NodeInfo& choice(const char* name, const QStringList& values,
                     const char* tooltip = nullptr); // a list in the place of the type
    NodeInfo& comboChoice(const char* name, const QStringList& values,
                          const char* tooltip = nullptr); // the newer "COMBO"
    NodeInfo& files(const char* name,
                    const char* tooltip); // pictures of the input folder, filled in when asked for
    NodeInfo& output(const char* type, const char* tooltip = nullptr);
    NodeInfo& savesFiles(); // an output node that wants prompt and workflow
    NodeInfo& aliases(const QStringList& words);

    const Json& json() const { return m_json; }
    QString name() const;

private:
    NodeInfo& add(const char* section, const char* name, Json type, const char* tooltip, Json options);

    Json m_json;
};

// Reading the entries again.
struct InputSpec {
    QString name;
    bool isRequired = true;
    QString type; // "COMBO" for both forms of choices
    const Json* config = nullptr; // [type, options]
    const Json* choices = nullptr;
    const Json* options = nullptr; // may be null
};
QList<InputSpec> inputSpecs(const Json& nodeInfo); // required first, then optional

} // namespace gesso::demo
