// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/form/formnodes.h"

namespace gesso {

struct EssentialField {
    qsizetype field = -1; // index into the fields handed in
    FieldRole role = FieldRole::None; // None: worth showing first, but no well-known name
};

// Who is the prompt, the seed, the size …, found by following links from sampler-like nodes: any node that
// takes conditioning or a guider and gives neither, or that has a seed and steps. Link types and input names
// decide, class names do not, so that node packs are understood as well. Returned in the order of a form:
// prompts, pictures, seed and size, sampling, models, output. Each field at most once.
QList<EssentialField> findEssentials(const FormNodes& nodes, const QList<Field>& fields);

} // namespace gesso
