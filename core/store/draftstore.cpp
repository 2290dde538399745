// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/draftstore.h"

#include "core/base/log.h"
#include "core/store/atomicwrite.h"
#include "core/store/filesafety.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace gesso {

namespace {

constexpr int formatVersion = 1;
constexpr const char* formatKey = "gessoDraft";
constexpr qint64 maxFingerprinted = 16 * 1024 * 1024;
constexpr int ownNumber = 0; // adopted ones count from 1
constexpr int idLength = 32;

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::DraftStore", text);
}

QByteArray encode(const Draft& draft)
{
    Json json;
    json[formatKey] = formatVersion;
    json["source"] = toJson(draft.source);
    json["fingerprint"] = toJson(QString::fromLatin1(draft.fingerprint));
    json["title"] = toJson(draft.title);
    json["changed"] = toJson(draft.changed.toString(Qt::ISODateWithMs));
    json["values"] = draft.values;
    json["workflow"] = draft.workflow;
    return writeJson(json);
}

Error unreadable(const QString& path, const QString& detail)
{
    return {ErrorKind::Unreadable, tr("A draft of unsaved edits cannot be read."),
            tr("It is kept as %1.").arg(path), detail};
}

Result<Draft> decode(const QByteArray& bytes)
{
    const Result<Json> json = parseJson(bytes);
    if (!json) {
        return fail(json.error());
    }
    Draft draft;
    draft.source = stringMember(*json, "source");
    draft.fingerprint = stringMember(*json, "fingerprint").toLatin1();
    draft.title = stringMember(*json, "title");
    draft.changed = QDateTime::fromString(stringMember(*json, "changed"), Qt::ISODateWithMs);
    const Json* values = member(*json, "values");
    const Json* workflow = member(*json, "workflow");
    const bool isOurs = intMember(*json, formatKey) == formatVersion && QDir::isAbsolutePath(draft.source)
        && draft.changed.isValid() && values != nullptr && values->is_array() && workflow != nullptr
        && workflow->is_object();
    if (!isOurs) {
        return fail(ErrorKind::Unreadable, tr("It is no draft of this version."), {}, {});
    }
    draft.values = *values;
    draft.workflow = *workflow;
    return draft;
}

Result<Draft> read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::DiskError, file.errorString(), {}, {});
    }
    // One more than is allowed, so that it is told as too large; no more than there is, as all of it is
    // reserved.
    return decode(file.read(std::min<qint64>(file.size(), JsonLimits{}.maxBytes) + 1));
}

} // namespace

DraftStore::DraftStore(QString folder)
    : m_folder(std::move(folder))
    , m_mark(m_folder)
{
}

QString DraftStore::pathOf(int number) const
{
    return QStringLiteral("%1/%2-%3.json").arg(m_folder, m_mark.id()).arg(number);
}

Result<void> DraftStore::write(const Draft& draft)
{
    const std::optional<WriteFailure> failure = writeAtomically(pathOf(ownNumber), encode(draft));
    if (!failure) {
        return {};
    }
    return fail(failure->kind, tr("Unsaved edits cannot be kept for the next start."),
                failure->isFull() ? tr("The disk is full: free some space, or save the workflow elsewhere.")
                                  : tr("Save the workflow before you leave it."),
                QString(m_folder + QStringLiteral(": ") + failure->reason));
}

void DraftStore::removeOwn()
{
    QFile::remove(pathOf(ownNumber));
}

void DraftStore::remove(const Draft& draft)
{
    if (!draft.file.isEmpty()) {
        QFile::remove(draft.file);
    }
}

bool DraftStore::isLeftBehind(const QString& name) const
{
    static const QRegularExpression ours(QStringLiteral("\\A[0-9a-f]{32}-[0-9]{1,9}\\.json\\z"));
    const QString owner = name.left(idLength);
    return ours.match(name).hasMatch() && owner != m_mark.id() && !m_mark.isAlive(owner);
}

// The new path; empty if another Gesso was quicker.
QString DraftStore::claim(const QString& name)
{
    const QString path = pathOf(++m_adopted);
    int error = 0;
    const RenameOutcome outcome = renameExclusively(m_folder + u'/' + name, path, &error);
    return outcome == RenameOutcome::Renamed ? path : QString();
}

DraftStore::Adopted DraftStore::adopt()
{
    Adopted adopted;
    const QStringList names =
        QDir(m_folder).entryList({QStringLiteral("*.json")}, QDir::Files | QDir::NoSymLinks);
    for (const QString& name : names) {
        const QString path = isLeftBehind(name) ? claim(name) : QString();
        if (path.isEmpty()) {
            continue;
        }
        m_mark.remove(name.left(idLength));
        Result<Draft> draft = read(path);
        if (!draft) {
            const QString aside = QString(path + QStringLiteral(".broken"));
            QFile::rename(path, aside);
            adopted.problems.append(unreadable(aside, draft.error().message));
            log::warning(log::Category::App,
                         QStringLiteral("a draft cannot be read: %1").arg(draft.error().message));
            continue;
        }
        draft->file = path;
        adopted.drafts.append(std::move(*draft));
    }
    std::sort(adopted.drafts.begin(), adopted.drafts.end(),
              [](const Draft& a, const Draft& b) { return a.changed > b.changed; });
    m_mark.removeOld();
    return adopted;
}

QByteArray fingerprintOf(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(file.read(maxFingerprinted));
    return QByteArray::number(file.size()) + '-' + hash.result().toHex();
}

} // namespace gesso
