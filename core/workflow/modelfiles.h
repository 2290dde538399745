// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/workflow.h"

namespace gesso {

// A model file that a workflow says it needs (properties.models of its nodes, also inside subgraphs, and
// `models` of the whole file). Foreign text, made harmless: see foreigntext.h.
struct ModelFile {
    QString name; // "ae.safetensors"
    QString folder; // below the server's models folder: "vae"; empty if none or a dangerous one is given
    QString link; // where the author got it; http or https, else empty
    QString hash;
    QString hashType; // "SHA256"

    bool operator==(const ModelFile&) const = default;
};

// Each once, in the order of the file; at most 10,000. None for prompts in API format. Pure.
QList<ModelFile> modelFilesOf(const Workflow& workflow);

// "sd/one.safetensors" to "sd/one": models come in several file formats, and the name before it says which
// model it is. `path` itself if it does not end as the file of a model does.
QString withoutModelSuffix(const QString& path);

// Turns value-not-in-list findings about the file of a model the workflow has a link or a folder for into
// missing-model ones, which say where it is to be had and where it belongs. Pure.
Diagnostics explainMissingModels(Diagnostics findings, const Workflow& workflow, const Prompt& prompt);

} // namespace gesso
