// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/carriers.h"
#include "core/workflow/workflow.h"

namespace gesso {

// Reads a workflow from any bytes: UI JSON (schema 0.4 and 1), API JSON, or PNG and WebP with embedded
// "workflow" and "prompt". Sniffs by content, never by name. Pure; safe to call in any thread.
// `name` is only used in messages and for the title.
// Errors: Unreadable (says what was expected, line and column of broken JSON), TooLarge.
Result<Workflow> readWorkflow(const QByteArray& bytes, const QString& name);

// Reads a file first (at most 512 MiB). Blocking: call it off the GUI thread.
Result<Workflow> readWorkflowFile(const QString& path);

// Every text found in the file, for `gesso inspect`; none for JSON, which is the workflow itself.
Result<EmbeddedTexts> readEmbeddedTexts(const QByteArray& bytes);

// From parsed JSON, either form.
Result<Workflow> workflowFromJson(const Json& json, const QString& title);
Result<Graph> graphFromJson(const Json& json, Diagnostics* diagnostics);
Result<Prompt> promptFromJson(const Json& json);

} // namespace gesso
