// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/downloadwriter.h"

#include "core/store/diskerrors.h"

#include <QMutexLocker>
#include <QThreadPool>

#include <utility>

namespace gesso {

namespace {

constexpr qint64 maxWaitingBytes = 256LL * 1024 * 1024;

} // namespace

DownloadWriter::DownloadWriter(OutputStore store, QString folder, QString fileName, QThreadPool& pool)
    : m_store(std::move(store))
    , m_folder(std::move(folder))
    , m_fileName(std::move(fileName))
    , m_pool(pool)
{
}

bool DownloadWriter::enqueue(const QByteArray& piece)
{
    const QMutexLocker lock(&m_mutex);
    if (m_error) {
        return false;
    }
    if (m_waitingBytes + piece.size() > maxWaitingBytes) {
        m_error = disk::notWritable(m_folder, QStringLiteral("the disk is much slower than the network"));
        return false;
    }
    m_pieces.append(piece);
    m_waitingBytes += piece.size();
    if (!m_isDraining) {
        m_isDraining = true;
        m_pool.start([self = shared_from_this()] { self->drain(); });
    }
    return true;
}

Result<void> DownloadWriter::open()
{
    Result<std::unique_ptr<OutputFile>> file = m_store.create(m_folder, m_fileName);
    if (!file) {
        return fail(file.error());
    }
    m_file = std::move(*file);
    return {};
}

Result<QString> DownloadWriter::commit()
{
    drain();
    {
        const QMutexLocker lock(&m_mutex);
        if (m_error) {
            m_file.reset();
            return fail(*m_error);
        }
    }
    Result<QString> path = m_file->commit();
    m_file.reset();
    return path;
}

Result<QString> DownloadWriter::abandon()
{
    m_file.reset();
    const QMutexLocker lock(&m_mutex);
    return fail(m_error.value_or(Error{}));
}

void DownloadWriter::drain()
{
    for (;;) {
        QList<QByteArray> pieces;
        {
            const QMutexLocker lock(&m_mutex);
            pieces = std::exchange(m_pieces, {});
            m_waitingBytes = 0;
            m_isDraining = !pieces.isEmpty() && !m_error;
            if (!m_isDraining) {
                return;
            }
        }
        for (const QByteArray& piece : std::as_const(pieces)) {
            const Result<void> written = m_file ? m_file->write(piece) : Result<void>();
            if (!written) {
                const QMutexLocker lock(&m_mutex);
                m_error = written.error();
                break;
            }
        }
    }
}

} // namespace gesso
