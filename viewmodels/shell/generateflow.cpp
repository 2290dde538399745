// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/generateflow.h"

#include "core/run/runservice.h"
#include "viewmodels/base/background.h"

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
    m_pool.setMaxThreadCount(1);
    connect(&document, &WorkflowDocument::opened, this, &GenerateFlow::cancelPreparing);
    connect(&document, &WorkflowDocument::closed, this, &GenerateFlow::cancelPreparing);
    connect(&document, &WorkflowDocument::fieldChanged, this,
            [this](qsizetype index) { m_edited.insert(m_document.field(index).ref.toString()); });
}

GenerateFlow::~GenerateFlow()
{
    m_pool.waitForDone();
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

// --- one press of Generate after the other ---

template <typename Work, typename Then> void GenerateFlow::inBackground(Work work, Then then)
{
    runInBackground(m_pool, this, std::move(work),
                    [this, turn = m_turn, then = std::move(then)](auto result) mutable {
                        if (turn == m_turn) { // else cancelled meanwhile
                            then(std::move(result));
                        }
                    });
}

void GenerateFlow::generate(int count, Sending sending)
{
    if (const QString reason = cannotGenerateReason(); !reason.isEmpty()) {
        m_notices.post({ErrorKind::Usage, reason, {}, {}}, {}, generateKey);
        return;
    }
    m_document.endMerge();
    m_jobs.enqueue({makeDraft(count), m_document.sourcePath(), sending});
    if (m_jobs.size() == 1) {
        m_edited.clear();
        startNext();
        Q_EMIT preparingChanged();
    }
}

bool GenerateFlow::isPreparing() const
{
    return !m_jobs.isEmpty();
}

void GenerateFlow::cancelPreparing()
{
    if (isPreparing()) {
        ++m_turn;
        m_jobs.clear();
        Q_EMIT preparingChanged();
    }
}

RunDraft GenerateFlow::makeDraft(int count) const
{
    RunDraft draft;
    draft.snapshot = m_document.snapshot();
    draft.catalog = m_document.catalog();
    draft.title = m_document.title();
    draft.outputFolder = m_outputFolder;
    draft.count = count;
    for (qsizetype index = 0; m_document.hasLocalFiles() && index < m_document.fieldCount(); ++index) {
        if (const QString file = m_document.localFile(index); !file.isEmpty()) {
            draft.files.append({file, m_document.field(index)});
        }
    }
    if (const qsizetype seed = m_document.seedField(); seed >= 0) {
        draft.seedField = m_document.field(seed).ref;
    }
    return draft;
}

void GenerateFlow::startNext()
{
    inBackground([draft = m_jobs.head().draft] { return checkDraft(draft); },
                 [this](const CheckedDraft& checked) { onChecked(checked); });
}

// Everything that can be known here is checked first: then nothing wrong is ever sent.
void GenerateFlow::onChecked(const CheckedDraft& checked)
{
    if (checked.error) {
        m_notices.post(*checked.error, {}, generateKey);
        endJob();
        return;
    }
    if (hasErrors(checked.findings) && m_jobs.head().sending == Sending::WhatIsRight) {
        showFindings(withoutEdited(checked.findings), tr("Nothing was sent."), sendAnyway(checked.findings));
        endJob();
        return;
    }
    m_document.setFindings(withoutEdited(checked.findings));
    m_notices.dismissKey(generateKey);
    m_jobs.head().draft.workflow = checked.workflow;
    makeRequests();
}

// Seeds are taken only now: one that nothing was sent with is not used up.
void GenerateFlow::makeRequests()
{
    QList<std::optional<Seed>> seeds;
    for (int i = 0; i < m_jobs.head().draft.count; ++i) {
        seeds.append(m_seeds.take());
    }
    inBackground(
        [draft = m_jobs.head().draft, seeds, now = m_clock.now()] {
            Requests requests;
            for (const std::optional<Seed>& seed : seeds) {
                requests.append(makeRequest(draft, seed, QRandomGenerator::global()->generate64(), now));
            }
            return requests;
        },
        [this](const Requests& requests) { onRequestsMade(requests); });
}

void GenerateFlow::onRequestsMade(const Requests& requests)
{
    const QString source = m_jobs.head().sourcePath;
    for (const Result<RunRequest>& request : requests) {
        if (const QString reason = cannotGenerateReason(); !reason.isEmpty()) {
            m_notices.post({ErrorKind::Usage, reason, {}, {}}, {}, generateKey);
            break;
        }
        if (!request) {
            m_notices.post(request.error(), {}, generateKey);
            break;
        }
        if (request->seed) {
            m_seeds.noteRun(request->id, *request->seed);
        }
        m_server.session()->runs().submit(*request);
        Q_EMIT submitted(request->id, source);
    }
    endJob();
}

// Some nodes of packs look at their values themselves, and take what is in no list: only the server knows.
QList<Notice::Action> GenerateFlow::sendAnyway(const Diagnostics& findings)
{
    static const QSet<QString> open{QStringLiteral("value-not-in-list"), QStringLiteral("missing-model"),
                                    QStringLiteral("value-smaller-than-min"),
                                    QStringLiteral("value-bigger-than-max"),
                                    QStringLiteral("link-type-mismatch")};
    const bool mayBeTaken = std::all_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
        return finding.severity != Severity::Error || open.contains(finding.code);
    });
    if (!mayBeTaken) {
        return {};
    }
    const int count = m_jobs.head().draft.count;
    return {{tr("Send it all the same"), [this, count] { generate(count, Sending::AllTheSame); }}};
}

void GenerateFlow::endJob()
{
    ++m_turn;
    m_jobs.dequeue();
    if (isPreparing()) {
        startNext();
    } else {
        Q_EMIT preparingChanged();
    }
}

// What was edited while its old value was being checked is not marked for that.
Diagnostics GenerateFlow::withoutEdited(const Diagnostics& findings) const
{
    Diagnostics current = findings;
    current.removeIf([this](const Diagnostic& finding) {
        return m_edited.contains(WidgetRef{finding.node, finding.input}.toString());
    });
    return current;
}

// --- what is wrong ---

void GenerateFlow::showFindings(const Diagnostics& findings, const QString& summary,
                                const QList<Notice::Action>& actions)
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
    notice.actions = actions;
    m_notices.post(std::move(notice));
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
