// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/generateflow.h"

#include "core/run/runservice.h"
#include "core/workflow/promptvalidator.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>

namespace gesso {

namespace {

const QString generateKey = QStringLiteral("generate");

} // namespace

GenerateFlow::GenerateFlow(WorkflowDocument& document, ServerViewModel& server, SeedKeeper& seeds,
                           NoticeList& notices, const Clock& clock, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_server(server)
    , m_seeds(seeds)
    , m_notices(notices)
    , m_clock(clock)
{
}

void GenerateFlow::setOutputFolder(const QString& folder)
{
    m_outputFolder = folder;
}

QString GenerateFlow::cannotGenerateReason() const
{
    if (!m_document.isOpen()) {
        return tr("Open a workflow first.");
    }
    if (m_server.session() == nullptr || m_server.catalog()->size() == 0) {
        return tr("Waiting for a server.");
    }
    if (m_server.state() != ConnectionState::Connected) {
        return tr("%1 is not connected.").arg(m_server.name());
    }
    if (!m_document.isFormCurrent()) {
        return tr("The form is being made for %1.").arg(m_server.name());
    }
    return {};
}

QList<PromptId> GenerateFlow::generate(int count)
{
    QList<PromptId> submitted;
    if (!isReady()) {
        return submitted;
    }
    for (int i = 0; i < count; ++i) {
        const std::optional<Seed> seed = m_seeds.take();
        std::optional<RunRequest> request = makeRequest();
        if (!request) {
            break;
        }
        request->seed = seed;
        if (seed) {
            m_seeds.noteRun(request->id, *seed);
        }
        submitted.append(request->id);
        m_server.session()->runs().submit(std::move(*request));
    }
    return submitted;
}

// Everything that can be known here is checked first: then nothing wrong is ever sent.
bool GenerateFlow::isReady()
{
    if (const QString reason = cannotGenerateReason(); !reason.isEmpty()) {
        m_notices.post({ErrorKind::Usage, reason, {}, {}}, {}, generateKey);
        return false;
    }
    m_document.endMerge();
    const Result<Conversion> conversion = m_document.toPrompt(0);
    if (!conversion) {
        m_notices.post(conversion.error(), {}, generateKey);
        return false;
    }
    const Diagnostics findings = check(*conversion);
    if (hasErrors(findings)) {
        showFindings(findings, tr("Nothing was sent."));
        return false;
    }
    m_document.setFindings(findings);
    m_notices.dismissKey(generateKey);
    return true;
}

Diagnostics GenerateFlow::check(const Conversion& conversion) const
{
    Diagnostics findings = missingFiles() + conversion.diagnostics;
    for (const Diagnostic& finding : validatePrompt(conversion.prompt, *m_server.catalog())) {
        if (!isUploadedLater(finding) && !findings.contains(finding)) {
            findings.append(finding);
        }
    }
    return findings;
}

bool GenerateFlow::isUploadedLater(const Diagnostic& finding) const
{
    const qsizetype index = m_document.form().indexOf({finding.node, finding.input});
    return index >= 0 && !m_document.localFile(index).isEmpty();
}

Diagnostics GenerateFlow::missingFiles() const
{
    Diagnostics findings;
    for (qsizetype index = 0; index < m_document.fieldCount(); ++index) {
        const QString file = m_document.localFile(index);
        if (file.isEmpty() || QFileInfo(file).isReadable()) {
            continue;
        }
        const Field& field = m_document.field(index);
        Diagnostic finding;
        finding.code = QStringLiteral("file-missing");
        finding.node = field.ref.node;
        finding.nodeType = field.nodeType;
        finding.nodeTitle = field.nodeTitle;
        finding.input = field.ref.input;
        finding.message =
            tr("%1 is not there any more. Choose the picture again.").arg(QFileInfo(file).fileName());
        findings.append(finding);
    }
    return findings;
}

void GenerateFlow::showFindings(const Diagnostics& findings, const QString& summary)
{
    m_document.setFindings(findings);
    const qsizetype field = m_document.firstFieldWithError();
    if (field >= 0) {
        m_document.reveal(field);
    }
    const auto first = std::find_if(findings.begin(), findings.end(), [](const Diagnostic& finding) {
        return finding.severity == Severity::Error;
    });
    Notice notice;
    notice.key = generateKey;
    notice.tone = NoticeTone::Bad;
    notice.text = summary;
    if (first != findings.end()) {
        const QString where = field >= 0 ? m_document.field(field).label : first->nodeTitle;
        const QString what = field >= 0 ? m_document.finding(field)->message : first->message;
        const QStringList said{where.isEmpty() ? what : QString(where + QStringLiteral(": ") + what),
                               summary};
        notice.text = said.join(u' ');
    }
    QStringList all;
    for (const Diagnostic& finding : findings) {
        all.append(
            QStringList{finding.nodeTitle, finding.input, finding.message}.join(QStringLiteral(" | ")));
    }
    notice.detail = all.size() > 1 ? all.join(u'\n') : QString();
    m_notices.post(std::move(notice));
}

std::optional<RunRequest> GenerateFlow::makeRequest()
{
    Result<Conversion> conversion =
        m_document.toPrompt(QRandomGenerator::global()->generate64(), m_clock.now().toLocalTime());
    if (!conversion) {
        m_notices.post(conversion.error(), {}, generateKey);
        return std::nullopt;
    }
    RunRequest request;
    request.id = newPromptId();
    request.title = m_document.title();
    request.prompt = std::move(conversion->prompt);
    request.workflow = m_document.workflow().isGraph() ? toJson(m_document.workflow()) : Json();
    request.uploads = uploads();
    request.outputFolder = m_outputFolder;
    request.created = m_clock.now();
    return request;
}

QList<RunUpload> GenerateFlow::uploads() const
{
    QList<RunUpload> files;
    for (qsizetype index = 0; index < m_document.fieldCount(); ++index) {
        if (const QString file = m_document.localFile(index); !file.isEmpty()) {
            const WidgetRef& ref = m_document.field(index).ref;
            files.append({file, ref.node, ref.input});
        }
    }
    return files;
}

PromptId GenerateFlow::submitAgain(const RunRequest& request)
{
    if (const QString reason = cannotGenerateReason(); !reason.isEmpty()) {
        m_notices.post({ErrorKind::Usage, reason, {}, {}}, {}, generateKey);
        return {};
    }
    RunRequest again = request;
    again.id = newPromptId();
    again.created = m_clock.now();
    m_server.session()->runs().submit(again);
    return again.id;
}

} // namespace gesso
