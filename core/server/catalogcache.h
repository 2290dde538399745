// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/server/serverprofile.h"
#include "core/store/cache.h"
#include "core/workflow/nodecatalog.h"

#include <QCoroTask>

namespace gesso {

// Parses node catalogues away from the calling thread and keeps the last one of each server on disk, so that
// a form is there before the server has answered. Callable from any thread with an event loop.
class CatalogCache
{
public:
    // An empty folder keeps nothing.
    CatalogCache(QString folder, const ServerProfile& server);

    QCoro::Task<NodeCatalogPtr> load() const; // null if there is none, or it is damaged
    // `current` itself if these are its bytes. Kept after it was handed over: nobody waits for the disk, and
    // failing to keep it is no error. Errors: Unreadable, TooLarge.
    QCoro::Task<Result<NodeCatalogPtr>> refresh(QByteArray objectInfo, NodeCatalogPtr current) const;

private:
    QString m_folder;
    QString m_name;
};

} // namespace gesso
