// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/carriers.h"
#include "core/workflow/workflow.h"

#include <QStringList>

namespace gesso {

// Reads a workflow from any bytes: UI JSON (schema 0.4 and 1), API JSON, or a picture, film, sound or model
// with embedded "workflow" and "prompt" (see carriers/carriers.h, carriedworkflow.h). Sniffs by content,
// never by name. Pure; safe to call in any thread. `name` is only used in messages and for the title. Errors:
// Unreadable (says what was expected, line and column of broken JSON), TooLarge.
Result<Workflow> readWorkflow(const QByteArray& bytes, const QString& name);

// The same from a file. Of a picture or film only the parts with texts are read; JSON may have 64 MiB.
// Blocking: call it off the GUI thread.
Result<Workflow> readWorkflowFile(const QString& path);

// Every text found in the file, for `gesso inspect`; of JSON the one text it is, under "workflow" or
// "prompt". Errors as above; a file without any text is no error.
Result<EmbeddedTexts> readEmbeddedTexts(const QByteArray& bytes);
Result<EmbeddedTexts> readEmbeddedTextsFile(const QString& path);

// The endings of the files that can carry a workflow, lower-case, without dot: for dialogs and for looking
// through folders. What a file is decides its content.
QStringList workflowFileSuffixes();

// From parsed JSON, either form.
Result<Workflow> workflowFromJson(const Json& json, const QString& title);
Result<Graph> graphFromJson(const Json& json, Diagnostics* diagnostics);
Result<Prompt> promptFromJson(const Json& json);

} // namespace gesso
