// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/rundraft.h"

#include "core/workflow/workflowcheck.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace gesso {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("gesso::RunDraft", source);
}

Diagnostics missingFiles(const RunDraft& draft)
{
    Diagnostics findings;
    for (const auto& [path, field] : draft.files) {
        if (QFileInfo(path).isReadable()) {
            continue;
        }
        Diagnostic finding;
        finding.code = QStringLiteral("file-missing");
        finding.node = field.ref.node;
        finding.nodeType = field.nodeType;
        finding.nodeTitle = field.nodeTitle;
        finding.input = field.ref.input;
        finding.message =
            text("%1 is not there any more. Choose the picture again.").arg(QFileInfo(path).fileName());
        findings.append(finding);
    }
    return findings;
}

// The server cannot know a file that it is given with the run.
bool isUploadedLater(const RunDraft& draft, const Diagnostic& finding)
{
    const WidgetRef place{finding.node, finding.input};
    return std::any_of(draft.files.begin(), draft.files.end(),
                       [&place](const RunDraft::LocalFile& file) { return file.field.ref == place; });
}

ConversionOptions optionsFor(quint64 random, const QDateTime& now)
{
    ConversionOptions options;
    options.choices = ChoiceRule::Random;
    options.randomSeed = random;
    options.now = now;
    return options;
}

} // namespace

CheckedDraft checkDraft(const RunDraft& draft)
{
    CheckedDraft checked;
    checked.workflow = draft.workflow ? draft.workflow : std::make_shared<const Workflow>(draft.snapshot());
    ConversionOptions options = optionsFor(0, {});
    options.explain = true; // why an input has no link
    const Result<Conversion> conversion = promptFor(*checked.workflow, *draft.catalog, options);
    if (!conversion) {
        checked.error = conversion.error();
        return checked;
    }
    checked.findings = missingFiles(draft);
    for (const Diagnostic& finding : checkWorkflow(*checked.workflow, *conversion, *draft.catalog)) {
        if (!isUploadedLater(draft, finding)) {
            checked.findings.append(finding);
        }
    }
    return checked;
}

Result<RunRequest> makeRequest(const RunDraft& draft, std::optional<Seed> seed, quint64 random,
                               const QDateTime& now)
{
    Workflow workflow = *draft.workflow;
    if (seed && draft.seedField) {
        if (const auto set = setFieldValue(workflow, *draft.catalog, *draft.seedField, Json(seed->value));
            !set) {
            return fail(set.error());
        }
    }
    Result<Conversion> conversion =
        promptFor(workflow, *draft.catalog, optionsFor(seed ? seed->value : random, now.toLocalTime()));
    if (!conversion) {
        return fail(conversion.error());
    }
    RunRequest request;
    request.id = newPromptId();
    request.title = draft.title;
    request.prompt = std::move(conversion->prompt);
    request.workflow = workflow.isGraph() ? toJson(workflow) : Json();
    for (const auto& [path, field] : draft.files) {
        request.uploads.append({path, field.ref.node, field.ref.input});
    }
    request.outputFolder = draft.outputFolder;
    request.created = now;
    request.seed = seed;
    return request;
}

} // namespace gesso
