// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/library/libraryscanner.h"

#include "core/workflow/reader.h"
#include "viewmodels/base/picturereader.h"
#include "viewmodels/form/sampletitle.h"
#include "viewmodels/library/workflowkind.h"

#include <QCollator>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace gesso {

namespace {

constexpr int maxFiles = 20'000;
constexpr int maxFolders = 2'000;

const QStringList& pictureSuffixes()
{
    static const QStringList suffixes{QStringLiteral("png"), QStringLiteral("webp"), QStringLiteral("jpg"),
                                      QStringLiteral("jpeg")};
    return suffixes;
}

bool isJson(const QFileInfo& file)
{
    return file.suffix().compare(u"json", Qt::CaseInsensitive) == 0;
}

// "lighthouse.png" beside "lighthouse.json".
QFileInfo pictureBeside(const QFileInfo& file)
{
    for (const QString& suffix : pictureSuffixes()) {
        const QFileInfo picture(file.dir().filePath(file.completeBaseName() + u'.' + suffix));
        if (picture.isFile()) {
            return picture;
        }
    }
    return {};
}

// Such a picture belongs to its workflow's card and has none of its own.
bool belongsToJson(const QFileInfo& file)
{
    return !isJson(file)
        && QFileInfo::exists(file.dir().filePath(file.completeBaseName() + QStringLiteral(".json")));
}

qint64 modifiedMs(const QFileInfo& file)
{
    qint64 latest = file.lastModified().toMSecsSinceEpoch();
    if (isJson(file)) {
        const QFileInfo picture = pictureBeside(file);
        if (picture.isFile()) {
            latest = qMax(latest, picture.lastModified().toMSecsSinceEpoch());
        }
    }
    return latest;
}

std::optional<LibraryEntry> readEntry(const QFileInfo& info, bool isSample)
{
    const Result<Workflow> workflow = readWorkflowFile(info.filePath());
    if (!workflow) {
        return std::nullopt;
    }
    LibraryEntry entry;
    entry.path = info.absoluteFilePath();
    entry.title = isSample ? sampleTitle(workflow->title) : workflow->title;
    entry.needs = needsOf(*workflow);
    entry.kind = workflowKind(nodeTypesOf(*workflow));
    const bool isPicture = isPictureFile(entry.path); // films and sounds have none of their own
    entry.picture = isPicture ? entry.path : pictureBeside(info).filePath();
    entry.modifiedMs = modifiedMs(info);
    return entry;
}

} // namespace

std::optional<LibraryEntry> readLibraryEntry(const QString& path, bool isSample)
{
    const QFileInfo info(path);
    return info.isFile() ? readEntry(info, isSample) : std::nullopt;
}

FolderScan scanFolder(const QString& folder, const KnownFiles& known, bool areSamples)
{
    FolderScan scan;
    scan.folders.append(folder);
    const QStringList suffixes = workflowFileSuffixes();
    int files = 0;
    QDirIterator it(folder, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Readable,
                    QDirIterator::Subdirectories);
    while (it.hasNext() && files < maxFiles) {
        it.next();
        const QFileInfo info = it.fileInfo();
        if (info.isDir()) {
            if (!info.isSymLink() && scan.folders.size() < maxFolders) {
                scan.folders.append(info.filePath());
            }
            continue;
        }
        ++files;
        const QString suffix = info.suffix().toLower();
        if (!suffixes.contains(suffix) || belongsToJson(info)) {
            continue;
        }
        KnownFile file = known.value(info.filePath());
        if (file.size != info.size() || file.modifiedMs != modifiedMs(info)) {
            file = {info.size(), modifiedMs(info), readEntry(info, areSamples)};
        }
        if (file.entry) {
            scan.entries.append(*file.entry);
        } else if (suffix == u"json") {
            scan.withoutWorkflow.append(info.filePath());
        }
        scan.known.insert(info.filePath(), std::move(file));
    }
    QCollator natural;
    natural.setNumericMode(true);
    natural.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(scan.entries.begin(), scan.entries.end(),
              [&natural](const LibraryEntry& a, const LibraryEntry& b) {
                  const int order = natural.compare(a.title, b.title);
                  return order != 0 ? order < 0 : a.path < b.path;
              });
    return scan;
}

} // namespace gesso
