// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QFile>

#include <functional>

namespace gesso {

// Bytes a folder's disk can still take; negative if unknown.
using SpaceProbe = std::function<qint64(const QString& folder)>;

// A file being written: fed in pieces under a hidden name in its folder, and only under its real name once
// whole and on the disk. Dropped without commit(), nothing of it stays. Made by OutputStore. Blocks on the
// disk: use it off the GUI thread, by one thread at a time.
class OutputFile
{
public:
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    // Errors: DiskFull, DiskError. After an error only discard() makes sense.
    Result<void> write(QByteArrayView piece);
    // Gives the file its name, or "name (2)" … if taken, never overwriting. Returns the absolute path.
    Result<QString> commit();
    void discard();

    qint64 bytesWritten() const { return m_bytes; }

private:
    friend class OutputStore;
    OutputFile(QString folder, QString fileName, SpaceProbe space);
    Result<void> open();
    Error writeError() const;

    QString m_folder;
    QString m_fileName;
    SpaceProbe m_space;
    QFile m_file;
    qint64 m_bytes = 0;
    qint64 m_nextSpaceCheck = 0;
};

} // namespace gesso
