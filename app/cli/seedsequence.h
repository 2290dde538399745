// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/binding.h"

namespace gesso::cli {

// The seeds of a batch: the first run uses the one shown, each further run the next by the workflow's own
// rule
// ("randomize", "increment" …); "fixed" counts up, as N equal pictures are nobody's wish.
class SeedSequence
{
public:
    explicit SeedSequence(const Form& form);

    // Puts the next seed into every field that is the seed; nothing if the workflow has none.
    Result<void> advance(Workflow& workflow, const NodeCatalog& catalog, Form& form) const;

private:
    QList<qsizetype> m_fields;
};

} // namespace gesso::cli
