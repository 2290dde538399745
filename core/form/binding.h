// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "core/workflow/graphconverter.h"
#include "core/workflow/nodecatalog.h"
#include "core/workflow/workflow.h"

namespace gesso {

// Reads and writes the widget behind a field. The value lands where its author's front end would keep it
// (widgets_values of a graph, inputs of a prompt). Errors: NotFound if the workflow has no such widget.
Result<Json> fieldValue(const Workflow& workflow, const NodeCatalog& catalog, const WidgetRef& ref);
Result<void> setFieldValue(Workflow& workflow, const NodeCatalog& catalog, const WidgetRef& ref,
                           const Json& value);

// The prompt to send for a workflow of either form. For a prompt document: itself.
Result<Conversion> promptFor(const Workflow& workflow, const NodeCatalog& catalog,
                             const ConversionOptions& options = {});

// Finds the field a command-line key names: a form label, "NodeTitle.input", "id.input" or a well-known name.
// Errors: Usage, listing the candidates when unknown or ambiguous.
Result<qsizetype> findField(const Form& form, const QString& key);

// Text typed by a person to the value of a field ("7" → 7 for INT). Errors: Usage, naming field and limits.
Result<Json> parseFieldValue(const Field& field, const QString& text);

} // namespace gesso
