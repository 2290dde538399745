// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/draftkeeper.h"

#include "viewmodels/form/documentloader.h"
#include "viewmodels/shell/draftcodec.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QPointer>
#include <QStandardPaths>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace gesso {

namespace {

constexpr int journalAfterMs = 400;
constexpr int patienceMs = 4000;
const QString backKey = QStringLiteral("draft");
const QString problemKey = QStringLiteral("drafts");

QString keyOf(const Draft& draft)
{
    return QString(QStringLiteral("draft ") + draft.file);
}

QString timeOf(const Draft& draft)
{
    const QDateTime changed = draft.changed.toLocalTime();
    const QLocale locale;
    return changed.date() == QDate::currentDate() ? locale.toString(changed.time(), QLocale::ShortFormat)
                                                  : locale.toString(changed, QLocale::ShortFormat);
}

// Prompts are nobody else's business on a machine that others use too.
QString madePrivate(const QString& folder)
{
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return folder;
}

} // namespace

struct DraftKeeper::Disk {
    explicit Disk(const QString& folder)
        : store(madePrivate(folder))
    {
    }

    DraftStore store;
    QByteArray fingerprint; // of the file that the edits belong to
};

DraftKeeper::DraftKeeper(WorkflowDocument& document, UserPrompts& prompts, NoticeList& notices,
                         QString folder, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_prompts(prompts)
    , m_notices(notices)
    , m_folder(std::move(folder))
{
    m_pool.setMaxThreadCount(1); // in order
    m_delay.setSingleShot(true);
    m_delay.setInterval(journalAfterMs);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    if (m_folder.isEmpty()) {
        return;
    }
    connect(&m_delay, &QTimer::timeout, this, [this] { journal(); });
    connect(&m_patience, &QTimer::timeout, this, &DraftKeeper::tellWaiting);
    connect(&document, &WorkflowDocument::opened, this, &DraftKeeper::onOpened);
    connect(&document, &WorkflowDocument::openFailed, this, &DraftKeeper::onOpenFailed);
    connect(&document, &WorkflowDocument::saved, this, &DraftKeeper::onSaved);
    connect(&document, &WorkflowDocument::formChanged, this, &DraftKeeper::placeDraft);
    connect(&document, &WorkflowDocument::fieldChanged, this, &DraftKeeper::schedule);
    connect(document.undoStack(), &QUndoStack::indexChanged, this, &DraftKeeper::schedule);
    connect(&document, &WorkflowDocument::modifiedChanged, this, [this] {
        if (!m_document.isModified()) {
            journal(); // at once: what is saved must not come back as unsaved
        }
    });
}

DraftKeeper::~DraftKeeper()
{
    if (m_delay.isActive()) {
        journal();
    }
    m_pool.waitForDone();
}

template <typename Work> void DraftKeeper::inBackground(Work work)
{
    m_pool.start([this, work = std::move(work)]() mutable {
        if (!m_disk) {
            m_disk = std::make_shared<Disk>(m_folder);
        }
        work(*m_disk);
    });
}

// --- writing ---

void DraftKeeper::schedule()
{
    if (m_document.isModified() && !m_delay.isActive()) { // not put off while somebody types on
        m_delay.start();
    }
}

void DraftKeeper::journal(const QString& replaced)
{
    m_delay.stop();
    if (!m_document.isModified()) {
        inBackground([](Disk& disk) { disk.store.removeOwn(); });
        return;
    }
    Draft draft;
    draft.source = m_document.sourcePath();
    draft.title = m_document.title();
    draft.changed = QDateTime::currentDateTimeUtc();
    inBackground([this, draft, replaced, values = m_document.editedValues(),
                  snapshot = m_document.snapshot()](Disk& disk) mutable {
        draft.fingerprint = disk.fingerprint;
        draft.values = encodeValues(values);
        draft.workflow = toJson(snapshot());
        const Result<void> written = disk.store.write(draft);
        if (written && !replaced.isEmpty()) {
            QFile::remove(replaced);
        }
        if (!written) {
            QMetaObject::invokeMethod(this, [this, error = written.error()] {
                if (!std::exchange(m_hasTold, true)) {
                    m_notices.post(error, {}, problemKey);
                }
            });
        }
    });
}

void DraftKeeper::discardEdits()
{
    if (!m_folder.isEmpty()) {
        m_delay.stop();
        inBackground([](Disk& disk) { disk.store.removeOwn(); });
    }
}

// --- finding ---

void DraftKeeper::start(const QString& file)
{
    if (m_folder.isEmpty()) {
        Q_EMIT ready(file);
        return;
    }
    inBackground([this, file](Disk& disk) {
        QMetaObject::invokeMethod(this, [this, file, adopted = disk.store.adopt()]() mutable {
            onAdopted(std::move(adopted), file);
        });
    });
}

void DraftKeeper::onAdopted(DraftStore::Adopted adopted, const QString& file)
{
    for (const Error& problem : std::as_const(adopted.problems)) {
        m_notices.post(problem);
    }
    m_waiting = std::move(adopted.drafts);
    const QString asked = file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath();
    const auto first = std::find_if(m_waiting.cbegin(), m_waiting.cend(), [&asked](const Draft& draft) {
        return asked.isEmpty() ? QFileInfo(draft.source).isFile() : draft.source == asked;
    });
    m_first = first == m_waiting.cend() ? QString() : first->file;
    const QString toOpen = file.isEmpty() && first != m_waiting.cend() ? first->source : file;
    const QList<Draft> drafts = m_waiting;
    for (const Draft& draft : drafts) {
        if (draft.file != m_first) {
            tell(draft, QFileInfo(draft.source).isFile() ? Situation::Elsewhere : Situation::FileGone);
        }
    }
    Q_EMIT ready(toOpen);
}

// --- bringing back ---

void DraftKeeper::onOpened()
{
    m_delay.stop();
    m_patience.stop();
    m_placing.reset();
    m_fingerprint.clear();
    m_first.clear();
    m_notices.dismissKey(backKey);
    compare();
}

void DraftKeeper::onOpenFailed()
{
    const QString asked = std::exchange(m_first, {});
    const QList<Draft> drafts = m_waiting;
    for (const Draft& draft : drafts) {
        if (draft.file == asked || draft.file == m_wanted) {
            tell(draft, Situation::FileGone);
        }
    }
    m_wanted.clear();
}

void DraftKeeper::onSaved()
{
    m_notices.dismissKey(backKey); // they are in the file now
    inBackground(
        [source = m_document.sourcePath()](Disk& disk) { disk.fingerprint = fingerprintOf(source); });
    if (m_document.isModified()) {
        schedule();
    }
}

void DraftKeeper::compare()
{
    const QString source = m_document.sourcePath();
    inBackground([this, source](Disk& disk) {
        disk.fingerprint = fingerprintOf(source);
        QMetaObject::invokeMethod(this, [this, source, fingerprint = disk.fingerprint] {
            if (m_document.sourcePath() != source) {
                return;
            }
            m_fingerprint = fingerprint;
            if (m_placing = draftOf(source); m_placing) {
                placeDraft();
            }
        });
    });
}

// The one that was asked for, else the newest.
std::optional<Draft> DraftKeeper::draftOf(const QString& source) const
{
    std::optional<Draft> found;
    for (const Draft& draft : m_waiting) {
        if (draft.source == source && (!found || draft.file == m_wanted)) {
            found = draft;
        }
    }
    return found;
}

// The form may not be there yet: what a graph's widgets are called is known from a server.
void DraftKeeper::placeDraft()
{
    if (!m_placing) {
        return;
    }
    const QList<FieldValue> values = decodeValues(m_placing->values);
    if (!m_document.knowsAll(values) && m_document.catalog()->size() == 0) {
        m_patience.start();
        return;
    }
    if (!m_document.isFormCurrent()) {
        return; // formChanged() follows
    }
    m_patience.stop();
    if (!m_document.wouldChange(values)) { // saved, but killed before the draft was removed
        drop(*std::exchange(m_placing, std::nullopt));
        return;
    }
    const bool isSame = !m_fingerprint.isEmpty() && m_fingerprint == m_placing->fingerprint;
    if (isSame || m_agreed == m_placing->file) {
        bringBack();
    } else {
        tell(*std::exchange(m_placing, std::nullopt), Situation::FileChanged);
    }
}

void DraftKeeper::bringBack()
{
    const Draft draft = *std::exchange(m_placing, std::nullopt);
    m_wanted.clear();
    m_agreed.clear();
    m_notices.dismissKey(keyOf(draft));
    const QList<FieldValue> homeless = m_document.restoreValues(decodeValues(draft.values));
    if (m_document.isModified()) {
        tellBack(draft);
    }
    if (!homeless.isEmpty()) {
        journal();
        tell(draft, Situation::Homeless);
        return;
    }
    forget(draft);
    journal(draft.file); // it goes once the window's own is on the disk
}

void DraftKeeper::tellBack(const Draft& draft)
{
    Notice notice;
    notice.key = backKey;
    notice.text = tr("Your unsaved edits of %1 from %2 are back.").arg(draft.title, timeOf(draft));
    notice.actions.append({tr("Discard them"), [this] { m_document.undoStack()->setIndex(0); }});
    m_notices.post(std::move(notice));
}

void DraftKeeper::tell(const Draft& draft, Situation situation)
{
    Notice notice;
    notice.key = keyOf(draft);
    switch (situation) {
    case Situation::Elsewhere:
        notice.text = tr("Your unsaved edits of %1 from %2 are kept.").arg(draft.title, timeOf(draft));
        notice.actions.append({tr("Open them"), [this, draft] { use(draft, false); }});
        notice.actions.append({tr("Discard them"), [this, draft] { drop(draft); }});
        break;
    case Situation::FileChanged:
        notice.tone = NoticeTone::Warning;
        notice.text = tr("%1 was changed since your unsaved edits from %2.").arg(draft.title, timeOf(draft));
        notice.actions.append({tr("Use my edits"), [this, draft] { use(draft, true); }});
        notice.actions.append({tr("Use the file"), [this, draft] { drop(draft); }});
        break;
    case Situation::FileGone:
        notice.tone = NoticeTone::Warning;
        notice.text = tr("%1 cannot be opened. Your version with the edits from %2 is kept.")
                          .arg(draft.title, timeOf(draft));
        notice.actions.append({tr("Save it as…"), [=, this] { saveElsewhere(draft, situation); }});
        notice.actions.append({tr("Discard it"), [this, draft] { drop(draft); }});
        break;
    case Situation::Homeless:
        notice.tone = NoticeTone::Warning;
        notice.text =
            tr("Some of your edits from %1 have no field in %2 any more.").arg(timeOf(draft), draft.title);
        notice.actions.append({tr("Save my version as…"), [=, this] { saveElsewhere(draft, situation); }});
        notice.actions.append({tr("Discard them"), [this, draft] { drop(draft); }});
        break;
    }
    m_notices.post(std::move(notice));
}

void DraftKeeper::tellWaiting()
{
    if (m_placing) {
        Notice notice;
        notice.key = backKey;
        notice.text = tr("Your unsaved edits of %1 from %2 come back when a server is connected.")
                          .arg(m_placing->title, timeOf(*m_placing));
        m_notices.post(std::move(notice));
    }
}

// --- what the person chose ---

bool DraftKeeper::isWaiting(const Draft& draft) const
{
    return std::any_of(m_waiting.cbegin(), m_waiting.cend(),
                       [&draft](const Draft& known) { return known.file == draft.file; });
}

void DraftKeeper::use(const Draft& draft, bool alsoIfChanged)
{
    if (!isWaiting(draft)) {
        return;
    }
    m_wanted = draft.file;
    m_agreed = alsoIfChanged ? draft.file : QString();
    if (m_document.sourcePath() == draft.source) {
        m_placing = draft;
        placeDraft();
        return;
    }
    // Until they are there, they can be asked for again.
    tell(draft, Situation::Elsewhere);
    Q_EMIT openRequested(draft.source);
}

void DraftKeeper::forget(const Draft& draft)
{
    m_notices.dismissKey(keyOf(draft));
    m_waiting.removeIf([&draft](const Draft& known) { return known.file == draft.file; });
}

void DraftKeeper::drop(const Draft& draft)
{
    forget(draft);
    inBackground([draft](Disk&) { DraftStore::remove(draft); });
}

void DraftKeeper::saveElsewhere(const Draft& draft, Situation situation)
{
    const QString folder = QFileInfo(draft.source).absolutePath();
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString suggestion =
        QDir(QDir(folder).exists() ? folder : documents).filePath(draft.title + QStringLiteral(".json"));
    tell(draft, situation); // stays if the dialog is cancelled
    m_prompts.saveFile(suggestion, [self = QPointer(this), draft](const QString& path) {
        if (!self) {
            return;
        }
        const bool isNamed = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
        const QString file = isNamed ? path : QString(path + QStringLiteral(".json"));
        self->inBackground([self = self.data(), draft, file](Disk&) {
            const Result<void> saved = writeJsonFile(draft.workflow, file);
            QMetaObject::invokeMethod(self, [self, draft, file, saved] {
                if (!saved) {
                    self->m_notices.post(saved.error());
                    return;
                }
                self->drop(draft);
                Q_EMIT self->openRequested(file);
            });
        });
    });
}

} // namespace gesso
