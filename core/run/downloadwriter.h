// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/outputplan.h"
#include "core/store/outputstore.h"

#include <QMutex>

#include <memory>

class QThreadPool;

namespace gesso {

// Takes the pieces of one download in the network's thread and writes them in the pool's, in order. Shared by
// the sink and the jobs in the pool. Dropped, it leaves what can be resumed.
class DownloadWriter : public std::enable_shared_from_this<DownloadWriter>
{
public:
    DownloadWriter(OutputStore store, PlannedFile file, QThreadPool& pool);

    // What an earlier attempt has left.
    struct Start {
        qint64 bytes = 0;
        FileVersion version;
    };

    // Any thread; false once writing has failed.
    bool startOver(const FileVersion& version); // what follows is the file from its first byte
    bool enqueue(const QByteArray& piece);

    // In the pool only.
    Result<Start> open();
    Result<QString> commit(); // writes what is left and gives the file its name
    // After a download that did not end well: writes what came and leaves it for the next attempt, or drops
    // it. Returns the bytes that are left, or why writing failed.
    Result<qint64> abandon(bool isKept);

private:
    struct Piece {
        QByteArray bytes;
        std::optional<FileVersion> startOver;
    };
    bool enqueuePiece(Piece piece);
    void drain();
    Result<void> write(const Piece& piece);

    const OutputStore m_store;
    const PlannedFile m_plan;
    QThreadPool& m_pool;
    QMutex m_disk; // one job at a time
    std::unique_ptr<OutputFile> m_file; // pool only, guarded by m_disk

    QMutex m_mutex; // guards what follows
    QList<Piece> m_pieces;
    qint64 m_waitingBytes = 0;
    bool m_isDraining = false;
    std::optional<Error> m_error;
};

} // namespace gesso
