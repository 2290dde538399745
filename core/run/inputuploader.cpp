// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/inputuploader.h"

#include "core/comfy/comfyapi.h"
#include "core/run/runerrors.h"

#include <QCoroFuture>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QtConcurrent>

namespace gesso {

namespace {

struct LocalFile {
    QByteArray bytes;
    QByteArray hash;
};

Result<LocalFile> readLocalFile(const QString& path)
{
    QFile file(path);
    if (QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly)) {
        return fail(runerrors::unreadableUpload(path, file.errorString()));
    }
    LocalFile local;
    local.bytes = file.read(maxUploadBytes + 1);
    if (local.bytes.size() > maxUploadBytes) {
        return fail(runerrors::uploadTooLarge(path, maxUploadBytes));
    }
    if (file.error() != QFileDevice::NoError) {
        return fail(runerrors::unreadableUpload(path, file.errorString()));
    }
    local.hash = QCryptographicHash::hash(local.bytes, QCryptographicHash::Sha256);
    return local;
}

// Content and suffix only: nothing of the artist's folders and file names goes to the server.
QString uploadName(const QString& path, const QByteArray& hash)
{
    QString suffix;
    for (const QChar c : QFileInfo(path).suffix().toLower().left(8)) {
        if ((c >= u'a' && c <= u'z') || c.isDigit()) {
            suffix += c;
        }
    }
    const QString name = QStringLiteral("gesso-") + QString::fromLatin1(hash.toHex().left(24));
    return suffix.isEmpty() ? name : name + u'.' + suffix;
}

} // namespace

InputUploader::InputUploader(ComfyApi& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

QCoro::Task<Result<Prompt>> InputUploader::prepare(RunRequest request, CancelToken cancel)
{
    const QPointer<InputUploader> self(this);
    Prompt prompt = request.prompt;
    for (qsizetype i = 0; i < request.uploads.size(); ++i) {
        const Result<QString> name = co_await serverName(request.uploads[i].localPath, cancel);
        if (!self) {
            co_return fail(runerrors::cancelled());
        }
        if (!name) {
            co_return fail(name.error());
        }
        if (PromptNode* node = prompt.node(request.uploads[i].node)) {
            node->setInput(request.uploads[i].input, toJson(*name));
        }
    }
    co_return prompt;
}

QCoro::Task<Result<QString>> InputUploader::serverName(QString path, CancelToken cancel)
{
    const QPointer<InputUploader> self(this);
    const QFuture<Result<LocalFile>> reading = QtConcurrent::run(readLocalFile, path);
    const Result<LocalFile> local = co_await reading;
    if (!self) {
        co_return fail(runerrors::cancelled());
    }
    if (!local) {
        co_return fail(local.error());
    }
    const auto known = m_namesByContent.constFind(local->hash);
    if (known != m_namesByContent.constEnd()) {
        co_return *known;
    }
    UploadRequest upload;
    upload.name = uploadName(path, local->hash);
    upload.bytes = local->bytes;
    const Result<UploadedFile> uploaded = co_await m_api.upload(std::move(upload), cancel);
    if (!uploaded) {
        co_return fail(uploaded.error());
    }
    if (self) {
        m_namesByContent.insert(local->hash, uploaded->widgetValue());
    }
    co_return uploaded->widgetValue();
}

} // namespace gesso
