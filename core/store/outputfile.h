// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/fileversion.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QFile>

#include <functional>

namespace gesso {

// Bytes a folder's disk can still take; negative if unknown.
using SpaceProbe = std::function<qint64(const QString& folder)>;

// A file being written: fed in pieces under a hidden name in its folder, and only under its real name once
// whole and on the disk (as QSaveFile does, and its folder is flushed too, so that after a power failure
// there is either the whole file or none). Dropped without commit(), only what can be resumed stays, under
// the hidden name. Made by OutputStore. Blocks on the disk: use it off the GUI thread, by one thread at a
// time.
class OutputFile
{
public:
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    // So much of this state of the server's file is here; 0 in a new one.
    qint64 bytesWritten() const { return m_bytes; }
    const FileVersion& version() const { return m_version; }
    qint64 resumableBytes() const { return m_isResumable ? m_bytes : 0; } // what stays if dropped now

    // Drops what is here; what comes is the file in this state from its first byte. Errors: DiskFull, also
    // when it cannot fit.
    Result<void> startOver(const FileVersion& version);
    // Errors: DiskFull, DiskError. After an error only discard() makes sense.
    Result<void> write(QByteArrayView piece);
    // Gives the file its name, or "name (2)" … if taken, never overwriting. Returns the absolute path.
    // Errors: DiskError; Unreachable if less or more came than the server announced.
    Result<QString> commit();
    void discard(); // nothing stays

private:
    friend class OutputStore;
    OutputFile(QString folder, QString fileName, SpaceProbe space, qint64 resumableFrom);
    Result<void> open(const QByteArray& source);
    bool openExisting();
    Result<void> checkSpace(qint64 more) const;
    Error systemError(int error) const;

    QString m_folder;
    QString m_fileName;
    SpaceProbe m_space;
    qint64 m_resumableFrom; // bytes of the whole file
    QFile m_file;
    QString m_part; // its path; empty once it has its real name, or none
    FileVersion m_version;
    bool m_isResumable = false; // opened for a source, and a note says of what its bytes are
    bool m_hasSource = false;
    qint64 m_bytes = 0;
    qint64 m_nextSpaceCheck = 0;
};

} // namespace gesso
