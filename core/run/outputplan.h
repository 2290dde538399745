// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/run/runrequest.h"
#include "core/run/runstate.h"

namespace gesso {

// Where one file of a run is to go.
struct PlannedFile {
    OutputItem item;
    QString folder;
    QString fileName; // safe; a number is added if taken
    QByteArray source; // names the download, so that one cut short can go on; empty: it starts over
};

// Which files of a run are fetched and under which names (pure). Results (type "output") go to the request's
// folder by its name pattern and come first. Temporary files (PreviewImage) go to `temporaryFolder` under
// safe server names, for the eye only; a run that gives nothing else has them as its results. Files announced
// twice are fetched once.
QList<PlannedFile> planOutputs(const RunRequest& request, const QList<OutputItem>& outputs,
                               const QString& temporaryFolder, const QDateTime& localTime);

} // namespace gesso
