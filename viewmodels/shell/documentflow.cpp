// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/documentflow.h"

#include "viewmodels/base/picturereader.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

namespace gesso {

namespace {

const QString openKey = QStringLiteral("open-workflow");
const QString readKey = QStringLiteral("read-workflow");
const QString saveKey = QStringLiteral("save-workflow");
constexpr int savedNoticeMs = 4000;
constexpr qsizetype mostFindingsTold = 50; // a broken file may have thousands

} // namespace

DocumentFlow::DocumentFlow(WorkflowDocument& document, UserPrompts& prompts, NoticeList& notices,
                           QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_prompts(prompts)
    , m_notices(notices)
{
    connect(&document, &WorkflowDocument::opened, this, &DocumentFlow::onOpened);
    connect(&document, &WorkflowDocument::openFailed, this, &DocumentFlow::onOpenFailed);
    connect(&document, &WorkflowDocument::closed, this, [this] { m_notices.dismissKey(readKey); });
    connect(&document, &WorkflowDocument::saved, this, &DocumentFlow::onSaved);
    connect(&document, &WorkflowDocument::saveFailed, this, &DocumentFlow::onSaveFailed);
    connect(&document, &WorkflowDocument::saveConflicts, this, &DocumentFlow::onSaveConflicts);
}

void DocumentFlow::open(const QString& path)
{
    afterEditsAreSafe([this, path] {
        m_opening = path;
        m_document.open(path);
    });
}

void DocumentFlow::openDropped(const QList<QUrl>& urls)
{
    for (const QUrl& url : urls) {
        if (url.isLocalFile()) {
            open(url.toLocalFile());
            return;
        }
    }
    m_notices.post({ErrorKind::Usage,
                    tr("Only files on this machine can be dropped here."),
                    tr("Save the picture or workflow first, then drop the file."),
                    {}},
                   {}, openKey);
}

void DocumentFlow::choose()
{
    m_prompts.openFile(UserPrompts::FileFilter::Workflow, [self = QPointer(this)](const QString& path) {
        if (self) {
            self->open(path);
        }
    });
}

void DocumentFlow::save()
{
    m_afterSaving = {}; // of a question whose file dialog was cancelled
    write();
}

void DocumentFlow::saveAs()
{
    m_afterSaving = {};
    writeElsewhere();
}

void DocumentFlow::write()
{
    if (m_document.path().isEmpty()) {
        writeElsewhere();
    } else {
        m_document.save();
    }
}

void DocumentFlow::writeElsewhere()
{
    if (!m_document.isOpen()) {
        return;
    }
    const QString source = m_document.path();
    const QString folder = source.isEmpty()
        ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
        : QFileInfo(source).absolutePath();
    const QString suggestion = QDir(folder).filePath(m_document.title() + QStringLiteral(".json"));
    m_prompts.saveFile(suggestion, [self = QPointer(this)](const QString& path) {
        if (self) {
            const bool named = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
            self->m_document.save(named ? path : QString(path + QStringLiteral(".json")));
        }
    });
}

void DocumentFlow::requestClose(std::function<void()> close)
{
    afterEditsAreSafe([this, close = std::move(close)] {
        if (m_document.isModified()) {
            Q_EMIT editsDiscarded();
        }
        close();
    });
}

void DocumentFlow::afterEditsAreSafe(std::function<void()> next)
{
    m_afterSaving = {}; // an earlier question that was never answered
    if (!m_document.isModified()) {
        next();
        return;
    }
    m_prompts.askSave(m_document.title(),
                      [self = QPointer(this), next = std::move(next)](UserPrompts::SaveChoice choice) {
                          if (!self || choice == UserPrompts::SaveChoice::Cancel) {
                              return;
                          }
                          if (choice == UserPrompts::SaveChoice::Discard) {
                              next();
                              return;
                          }
                          self->m_afterSaving = next; // runs once the file is there; never if saving fails
                          self->write();
                      });
}

void DocumentFlow::onOpened()
{
    // Another one, opened in its place, does not answer why the one asked for was not.
    if (m_document.sourcePath() == QFileInfo(m_opening).absoluteFilePath()) {
        m_notices.dismissKey(openKey);
    }
    m_notices.dismissKey(readKey);
    if (const Diagnostics findings = m_document.readingFindings(); !findings.isEmpty()) {
        tellReading(findings);
    }
}

// The first in words, all of them folded away.
void DocumentFlow::tellReading(const Diagnostics& findings)
{
    QStringList lines;
    for (const Diagnostic& finding : findings.mid(0, mostFindingsTold)) {
        const QStringList said{finding.nodeTitle.isEmpty() ? finding.nodeType : finding.nodeTitle,
                               finding.node.toString(), finding.message};
        lines.append(finding.node.isEmpty() ? finding.message : said.join(QStringLiteral(" | ")));
    }
    Notice notice;
    notice.key = readKey;
    notice.tone = NoticeTone::Warning;
    notice.text = findings.size() == 1
        ? findings.constFirst().message
        : tr("%1 And %n more.", nullptr, int(findings.size() - 1)).arg(findings.constFirst().message);
    notice.detail = lines.join(u'\n');
    m_notices.post(std::move(notice));
}

void DocumentFlow::onOpenFailed(const Error& error)
{
    QList<Notice::Action> actions;
    if (isPictureFile(m_opening) && firstImageField() >= 0) {
        actions.append({tr("Use it as input"), [this, path = m_opening] { useAsInput(path); }});
    }
    actions.append({tr("Open another…"), [this] { choose(); }});
    m_notices.post(error, std::move(actions), openKey);
}

void DocumentFlow::onSaved(const QString& path)
{
    Notice notice;
    notice.key = saveKey;
    notice.tone = NoticeTone::Good;
    notice.text = tr("Saved %1.").arg(QFileInfo(path).fileName());
    notice.timeoutMs = savedNoticeMs;
    m_notices.post(std::move(notice));
    if (const std::function<void()> next = std::exchange(m_afterSaving, {});
        next && !m_document.isModified()) {
        next();
    }
}

void DocumentFlow::onSaveFailed(const Error& error)
{
    m_afterSaving = {};
    m_notices.post(error, {{tr("Save as…"), [this] { saveAs(); }}, {tr("Try again"), [this] { save(); }}},
                   saveKey);
}

// Another window of Gesso, a browser, a colleague: theirs is not lost by ours, nor ours by theirs.
void DocumentFlow::onSaveConflicts(const QString& path)
{
    m_afterSaving = {};
    Notice notice;
    notice.key = saveKey;
    notice.tone = NoticeTone::Warning;
    notice.text = tr("%1 was changed elsewhere since you opened it, so it was not saved over.")
                      .arg(QFileInfo(path).fileName());
    notice.actions = {{tr("Save as…"), [this] { saveAs(); }},
                      {tr("Replace it"), [this] { m_document.saveOver(); }}};
    m_notices.post(std::move(notice));
}

qsizetype DocumentFlow::firstImageField() const
{
    for (const FieldGroup& group : m_document.form().groups) {
        for (const qsizetype index : group.fields) {
            const Field& field = m_document.field(index);
            if (field.kind == FieldKind::Image && !field.linked) {
                return index;
            }
        }
    }
    return -1;
}

void DocumentFlow::useAsInput(const QString& path)
{
    const qsizetype index = firstImageField();
    if (index < 0) {
        m_notices.post({ErrorKind::Usage,
                        tr("This workflow takes no picture."),
                        tr("Open one with a picture input, such as Picture to picture."),
                        {}});
        return;
    }
    m_document.setLocalFile(index, path);
    m_document.reveal(index);
}

} // namespace gesso
