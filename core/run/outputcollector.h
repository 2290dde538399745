// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/canceltoken.h"
#include "core/base/result.h"
#include "core/run/outputplan.h"
#include "core/store/outputstore.h"

#include <QCoroTask>
#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace gesso {

class ComfyApi;
class DownloadWriter;

// Streams files of the server to disk. Lives in its api's thread; the disk is touched in others, so that a
// slow or sleeping one stops nothing here. Nothing partial ever has a file's real name; what came of a
// download that was cut short stays under a hidden one, and the next attempt goes on from there, also after
// this program was killed.
class OutputCollector : public QObject
{
public:
    OutputCollector(ComfyApi& api, OutputStore store, QObject* parent = nullptr);
    ~OutputCollector() override; // waits for the disk

    // Makes the folder if it does not exist, and removes what a killed program left in it. Errors are left to
    // save().
    QCoro::Task<void> prepareFolder(QString folder);

    // The absolute path. One attempt, and more as long as each brings a good part of the file. Errors:
    // DiskFull, DiskError, those of GET /view.
    QCoro::Task<Result<QString>> save(PlannedFile file, CancelToken cancel);

private:
    struct Attempt {
        Result<QString> saved;
        qint64 progress = 0; // bytes that the next attempt need not fetch again
    };
    QCoro::Task<Attempt> attempt(PlannedFile file, CancelToken cancel);

    ComfyApi& m_api;
    OutputStore m_store;
    QThreadPool m_pool; // of the disk
    QSet<QString> m_preparedFolders;
};

} // namespace gesso
