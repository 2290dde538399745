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

// Streams files of the server to disk. Lives in its api's thread; the disk is touched in another, so that a
// slow or sleeping one stops nothing here. Nothing partial ever has a file's real name.
class OutputCollector : public QObject
{
public:
    OutputCollector(ComfyApi& api, OutputStore store, QObject* parent = nullptr);
    ~OutputCollector() override; // waits for the disk

    // Makes the folder if it does not exist, and removes what a killed program left in it. Errors are left to
    // save().
    QCoro::Task<void> prepareFolder(QString folder);

    // One attempt; the absolute path. Errors: DiskFull, DiskError, those of GET /view.
    QCoro::Task<Result<QString>> save(PlannedFile file, CancelToken cancel);

private:
    ComfyApi& m_api;
    OutputStore m_store;
    QThreadPool m_pool; // one thread: pieces are written in order
    QSet<QString> m_preparedFolders;
};

} // namespace gesso
