// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso::testkit {

// A disk that fills up or breaks, without being root: for this process the system's calls that write are
// those of faultydisk.cpp, which refuse what goes to files in one folder and below. Qt and SQLite use them as
// they would the system's own. Linux only; the program must be linked with ENABLE_EXPORTS. One at a time. Any
// thread.
class FaultyDisk
{
public:
    explicit FaultyDisk(const QString& folder);
    ~FaultyDisk(); // is as it was
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    void setFree(qint64 bytes); // by which files may still grow, together; negative: as much as there is
    void breakDown(int error); // every write fails so (EIO, EROFS, EDQUOT); 0: mended
    int refusals() const; // since the beginning
};

} // namespace gesso::testkit
