// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/resultactions.h"

#include "core/base/result.h"
#include "viewmodels/base/picturereader.h"
#include "viewmodels/shell/noticelist.h"
#include "viewmodels/shell/userprompts.h"

#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QGuiApplication>
#include <QMimeData>
#include <QSaveFile>
#include <QUrl>
#include <QtConcurrentRun>

namespace gesso {

namespace {

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
    QtConcurrent::run([path] {
        return readPicture(path);
    }).then(this, [this, path](const Result<Picture>& picture) {
        if (!picture) {
            m_notices.post(picture.error());
            return;
        }
        auto* mime = new QMimeData;
        mime->setImageData(picture->image);
        mime->setUrls({QUrl::fromLocalFile(path)});
        QGuiApplication::clipboard()->setMimeData(mime);
        Q_EMIT copied(path);
    });
}

void ResultActions::saveAs(const QString& path)
{
    m_prompts.saveFile(QFileInfo(path).fileName(), [this, path](const QString& to) { copyTo(path, to); });
}

void ResultActions::copyTo(const QString& from, const QString& to)
{
    QtConcurrent::run(&copyFile, from, to).then(this, [this, to](const Result<void>& done) {
        if (!done)
            m_notices.post(done.error());
        else
            Q_EMIT saved(to);
    });
}

void ResultActions::openExternally(const QString& path)
{
    m_prompts.openExternally(QUrl::fromLocalFile(path));
}

} // namespace gesso
