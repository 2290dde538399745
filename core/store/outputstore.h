// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/store/outputfile.h"

#include <memory>

namespace gesso {

// Where results are written. Stateless but for its probe: any thread may call it. Blocks on the disk.
class OutputStore
{
public:
    // Files of fewer bytes are not gone on with after a cut, but fetched once more: to be resumed, a file
    // needs a note beside it, and making and removing one costs as much as the small file itself.
    static constexpr qint64 leastResumable = 256 * 1024;

    // An empty probe asks the system.
    explicit OutputStore(SpaceProbe space = {}, qint64 resumableFrom = leastResumable);

    // A file to be written in `folder`, which must exist (a folder that has gone is not made anew: its drive
    // may have been unplugged). `fileName` is made safe. Errors: DiskFull, also when `expectedBytes` do not
    // fit; DiskError.
    Result<std::unique_ptr<OutputFile>> create(const QString& folder, const QString& fileName,
                                               qint64 expectedBytes = -1) const;

    // As create(), and goes on with what an earlier attempt left for the same `source` (any bytes that name
    // the download), unless another process is writing it at this moment.
    Result<std::unique_ptr<OutputFile>> resume(const QString& folder, const QString& fileName,
                                               const QByteArray& source) const;

    // Removes what killed programs left half written, but nothing that another running Gesso is writing, nor
    // what a download of the last week can go on with. Returns how many were removed.
    int sweep(const QString& folder) const;

private:
    SpaceProbe m_space;
    qint64 m_resumableFrom;
};

} // namespace gesso
