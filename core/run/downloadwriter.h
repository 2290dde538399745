// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/outputplan.h"
#include "core/store/outputstore.h"

#include <QMutex>

#include <memory>

class QThreadPool;

namespace gesso {

// Takes the pieces of one download in the network's thread and writes them in the pool's, in order. Shared by
// the sink and the jobs in the pool, which must have one thread only.
class DownloadWriter : public std::enable_shared_from_this<DownloadWriter>
{
public:
    DownloadWriter(OutputStore store, QString folder, QString fileName, QThreadPool& pool);

    // Any thread; false once writing has failed.
    bool enqueue(const QByteArray& piece);

    // In the pool only.
    Result<void> open();
    Result<QString> commit(); // writes what is left and gives the file its name
    // Drops the file. Returns why writing failed, or an Error without a message if it was not the disk's
    // fault.
    Result<QString> abandon();

private:
    void drain();

    const OutputStore m_store;
    const QString m_folder;
    const QString m_fileName;
    QThreadPool& m_pool;
    std::unique_ptr<OutputFile> m_file; // pool only

    QMutex m_mutex; // guards what follows
    QList<QByteArray> m_pieces;
    qint64 m_waitingBytes = 0;
    bool m_isDraining = false;
    std::optional<Error> m_error;
};

} // namespace gesso
