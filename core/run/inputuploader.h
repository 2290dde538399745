// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/base/result.h"
#include "core/comfy/comfytypes.h"
#include "core/run/runrequest.h"

#include <QCoroTask>
#include <QHash>
#include <QObject>

namespace gesso {

class ComfyApi;

// Puts a run's local files on the server and their server names into its prompt. A file is known by its
// content: the same bytes go up once, whatever the path. Lives in its api's thread; files are read in
// another.
class InputUploader : public QObject
{
public:
    explicit InputUploader(ComfyApi& api, QObject* parent = nullptr);

    // The request's prompt with the values replaced. Errors: Unreadable, TooLarge, those of the upload.
    QCoro::Task<Result<Prompt>> prepare(RunRequest request, CancelToken cancel);

private:
    QCoro::Task<Result<QString>> serverName(QString path, CancelToken cancel);

    ComfyApi& m_api;
    QHash<QByteArray, QString> m_namesByContent; // SHA-256 → widget value
};

inline constexpr qint64 maxUploadBytes = 512LL * 1000 * 1000;

} // namespace gesso
