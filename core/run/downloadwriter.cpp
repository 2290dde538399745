// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/downloadwriter.h"

#include "core/store/diskerrors.h"

#include <QMutexLocker>
#include <QThreadPool>

#include <utility>

namespace gesso {

namespace {

constexpr qint64 maxWaitingBytes = 256LL * 1024 * 1024;
constexpr qint64 gatheredBytes = 256 * 1024; // less is not worth a thread's waking: the end writes it

} // namespace

DownloadWriter::DownloadWriter(OutputStore store, PlannedFile file, QThreadPool& pool)
    : m_store(std::move(store))
    , m_plan(std::move(file))
    , m_pool(pool)
{
}

bool DownloadWriter::startOver(const FileVersion& version)
{
    return enqueuePiece({{}, version});
}

bool DownloadWriter::enqueue(const QByteArray& piece)
{
    return enqueuePiece({piece, std::nullopt});
}

bool DownloadWriter::enqueuePiece(Piece piece)
{
    const QMutexLocker lock(&m_mutex);
    if (m_error) {
        return false;
    }
    if (m_waitingBytes + piece.bytes.size() > maxWaitingBytes) {
        m_error =
            disk::notWritable(m_plan.folder, QStringLiteral("the disk is much slower than the network"));
        return false;
    }
    m_waitingBytes += piece.bytes.size();
    m_pieces.append(std::move(piece));
    if (!m_isDraining && m_waitingBytes >= gatheredBytes) {
        m_isDraining = true;
        m_pool.start([self = shared_from_this()] { self->drain(); });
    }
    return true;
}

Result<DownloadWriter::Start> DownloadWriter::open()
{
    const QMutexLocker disk(&m_disk);
    Result<std::unique_ptr<OutputFile>> file = m_store.resume(m_plan.folder, m_plan.fileName, m_plan.source);
    if (!file) {
        return fail(file.error());
    }
    m_file = std::move(*file);
    return Start{m_file->bytesWritten(), m_file->version()};
}

Result<QString> DownloadWriter::commit()
{
    drain();
    const QMutexLocker disk(&m_disk);
    {
        const QMutexLocker lock(&m_mutex);
        if (m_error) {
            m_file->discard();
            return fail(*m_error);
        }
    }
    Result<QString> path = m_file->commit();
    if (!path && path.error().kind != ErrorKind::Unreachable) {
        m_file->discard();
    }
    m_file.reset();
    return path;
}

Result<qint64> DownloadWriter::abandon(bool isKept)
{
    drain();
    const QMutexLocker disk(&m_disk);
    const QMutexLocker lock(&m_mutex);
    if (m_error || !isKept) {
        m_file->discard();
    }
    const qint64 bytes = m_file->resumableBytes();
    m_file.reset();
    if (m_error) {
        return fail(*m_error);
    }
    return bytes;
}

void DownloadWriter::drain()
{
    const QMutexLocker disk(&m_disk); // before pieces are taken: they stay in order
    for (;;) {
        QList<Piece> pieces;
        {
            const QMutexLocker lock(&m_mutex);
            pieces = std::exchange(m_pieces, {});
            m_waitingBytes = 0;
            m_isDraining = !pieces.isEmpty() && !m_error;
            if (!m_isDraining) {
                return;
            }
        }
        for (const Piece& piece : std::as_const(pieces)) {
            const Result<void> written = m_file ? write(piece) : Result<void>();
            if (!written) {
                const QMutexLocker lock(&m_mutex);
                m_error = written.error();
                break;
            }
        }
    }
}

Result<void> DownloadWriter::write(const Piece& piece)
{
    return piece.startOver ? m_file->startOver(*piece.startOver) : m_file->write(piece.bytes);
}

} // namespace gesso
