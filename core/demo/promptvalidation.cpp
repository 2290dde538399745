// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/promptvalidation.h"

#include "core/demo/nodevalidator.h"

namespace gesso::demo {

namespace {

ValidationOutcome refused(Json error, Json nodeErrors = Json::object())
{
    return {false, std::move(error), std::move(nodeErrors), {}};
}

Json outputsFailed()
{
    return promptError("prompt_outputs_failed_validation",
                       QStringLiteral("Prompt outputs failed validation"));
}

Json missingNodeType(const QString& id, const PromptIndex& prompt)
{
    const Json* node = prompt.node(id);
    const Json* className = node ? member(*node, "class_type") : nullptr;
    const QString details = QStringLiteral("Node ID '#%1'").arg(id);
    if (!className || !className->is_string()) {
        return promptError(
            "missing_node_type",
            QStringLiteral(
                "Node 'ID #%1' has no class_type. The workflow may be corrupted or a custom node is missing.")
                .arg(id),
            details, Json{{"node_id", toJson(id)}, {"class_type", nullptr}, {"node_title", nullptr}});
    }
    const Json* meta = member(*node, "_meta");
    const QString title = meta ? stringMember(*meta, "title", toQString(*className)) : toQString(*className);
    return promptError(
        "missing_node_type",
        QStringLiteral("Node '%1' not found. The custom node may not be installed.").arg(title), details,
        Json{{"node_id", toJson(id)}, {"class_type", *className}, {"node_title", toJson(title)}});
}

} // namespace

Json promptError(const char* type, const QString& message, const QString& details, Json extraInfo)
{
    return Json{{"type", type},
                {"message", toJson(message)},
                {"details", toJson(details)},
                {"extra_info", std::move(extraInfo)}};
}

PromptValidation::PromptValidation(const NodeLibrary& library, const Folders& folders)
    : m_library(library)
    , m_folders(folders)
{
}

ValidationOutcome PromptValidation::validate(Json& prompt, const std::optional<QStringList>& targets) const
{
    if (!prompt.is_object()) {
        return refused(promptError("invalid_prompt", QStringLiteral("The prompt is not an object"),
                                   QStringLiteral("prompt")));
    }
    PromptIndex index(prompt);
    QStringList outputs;
    for (const QString& id : index.ids()) {
        const NodeType* type = m_library.find(index.className(id));
        if (!type) {
            return refused(missingNodeType(id, index));
        }
        if (type->isOutput && (!targets || targets->contains(id))) {
            outputs.append(id);
        }
    }
    if (outputs.isEmpty()) {
        return refused(promptError("prompt_no_outputs", QStringLiteral("Prompt has no outputs")));
    }

    NodeValidator validator(m_library, m_folders, index);
    ValidationOutcome outcome;
    for (const QString& output : outputs) {
        if (validator.validateOutput(output)) {
            outcome.outputs.append(output);
            continue;
        }
        for (const QString& id : index.ids()) {
            const auto found = validator.reasons().constFind(id);
            if (found == validator.reasons().constEnd() || found->errors.empty()) {
                continue;
            }
            Json& entry = outcome.nodeErrors[id.toStdString()];
            if (entry.is_null()) {
                entry = Json{{"errors", found->errors},
                             {"dependent_outputs", Json::array()},
                             {"class_type", toJson(index.className(id))}};
            }
            entry["dependent_outputs"].push_back(toJson(output));
        }
    }
    outcome.isAccepted = !outcome.outputs.isEmpty();
    if (!outcome.isAccepted) {
        outcome.error = outputsFailed();
    }
    return outcome;
}

ValidationOutcome PromptValidation::refusal(Json& prompt) const
{
    Json nodeErrors = Json::object();
    if (prompt.is_object()) {
        const PromptIndex index(prompt);
        for (const QString& id : index.ids()) {
            const NodeType* type = m_library.find(index.className(id));
            if (type && type->isOutput) {
                const Json error{
                    {"type", "custom_validation_failed"},
                    {"message", "Custom validation failed for node"},
                    {"details",
                     toJson(QStringLiteral("%1 - Refused on purpose").arg(type->inputs.first().name))},
                    {"extra_info", {{"input_name", toJson(type->inputs.first().name)}}}};
                nodeErrors[id.toStdString()] = Json{{"errors", Json::array({error})},
                                                    {"dependent_outputs", Json::array({toJson(id)})},
                                                    {"class_type", toJson(type->name)}};
            }
        }
    }
    return refused(outputsFailed(), std::move(nodeErrors));
}

} // namespace gesso::demo
