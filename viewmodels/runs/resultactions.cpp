// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/resultactions.h"

#include "core/base/result.h"
#include "viewmodels/base/picturereader.h"
#include "viewmodels/base/whenready.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QSaveFile>
#include <QUrl>
#include <QtConcurrentRun>

#include <algorithm>
#include <array>
#include <utility>

namespace gesso {

namespace {

// What the desktop shows and plays. A server names its files: anything else could be started by being opened
// (.desktop, .exe, .lnk), or be a page with a script (.html, .svg).
constexpr std::array mediaSuffixes{"png",  "jpg",  "jpeg",  "webp",   "gif", "bmp",  "tif", "tiff", "avif",
                                   "heic", "heif", "jxl",   "exr",    "hdr", "psd",  "mp4", "m4v",  "mov",
                                   "webm", "mkv",  "avi",   "mp3",    "wav", "flac", "ogg", "oga",  "ogv",
                                   "opus", "m4a",  "aac",   "aiff",   "glb", "gltf", "obj", "ply",  "stl",
                                   "fbx",  "usdz", "splat", "ksplat", "txt", "json", "csv", "srt",  "vtt"};

bool isMedia(const QString& path)
{
    const QByteArray suffix = QFileInfo(path).suffix().toLower().toLatin1();
    return std::find(mediaSuffixes.begin(), mediaSuffixes.end(), suffix) != mediaSuffixes.end();
}

Result<void> copyFile(const QString& from, const QString& to)
{
    const auto failed = [](const QString& reason) {
        return fail(ErrorKind::DiskError, ResultActions::tr("The copy could not be saved: %1.").arg(reason),
                    ResultActions::tr("Choose another place."));
    };
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return failed(source.errorString());
    QSaveFile target(to); // an older file stays until the copy is whole
    if (!target.open(QIODevice::WriteOnly))
        return failed(target.errorString());
    constexpr qint64 piece = 1024 * 1024;
    while (!source.atEnd()) {
        const QByteArray bytes = source.read(piece);
        if (bytes.isEmpty() && source.error() != QFileDevice::NoError)
            return failed(source.errorString());
        if (target.write(bytes) != bytes.size())
            return failed(target.errorString());
    }
    if (!target.commit())
        return failed(target.errorString());
    return {};
}

} // namespace

ResultActions::ResultActions(UserPrompts& prompts, NoticeList& notices, QObject* parent)
    : QObject(parent)
    , m_prompts(prompts)
    , m_notices(notices)
{
}

void ResultActions::copyPicture(const QString& path)
{
    const auto reading = QtConcurrent::run([path] { return readPicture(path); });
    whenReady(reading, this, [this, path](const Result<Picture>& picture) {
        if (!picture) {
            m_notices.post(picture.error());
            return;
        }
        auto* mime = new QMimeData;
        mime->setImageData(picture->image);
        mime->setUrls({QUrl::fromLocalFile(path)});
        QGuiApplication::clipboard()->setMimeData(mime);
    });
}

void ResultActions::saveAs(const QString& path)
{
    m_prompts.saveFile(QFileInfo(path).fileName(), [this, path](const QString& to) { copyTo(path, to); });
}

void ResultActions::copyTo(const QString& from, const QString& to)
{
    whenReady(QtConcurrent::run(&copyFile, from, to), this, [this, to](const Result<void>& done) {
        if (!done)
            m_notices.post(done.error());
        else
            Q_EMIT saved(to);
    });
}

void ResultActions::openExternally(const QString& path)
{
    if (isMedia(path)) {
        m_prompts.openExternally(QUrl::fromLocalFile(path));
        return;
    }
    const QFileInfo file(path);
    Notice notice;
    notice.key = QStringLiteral("open-result");
    notice.tone = NoticeTone::Warning;
    notice.text =
        tr("%1 is not a picture, film, sound or model, so Gesso does not open it: the server may have sent a "
           "program.")
            .arg(file.fileName());
    notice.actions = {{tr("Show in folder"), [this, folder = file.absolutePath()] {
                           m_prompts.openExternally(QUrl::fromLocalFile(folder));
                       }}};
    m_notices.post(std::move(notice));
}

} // namespace gesso
