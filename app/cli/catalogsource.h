// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/serverchoice.h"

namespace gesso::cli {

// Where node definitions come from: a file with a saved /object_info, or a server.
struct CatalogSource {
    ServerOptions server;
    std::string objectInfo;

    void declare(CLI::App& app);
};

// Node definitions, and whose they are.
struct LoadedCatalog {
    NodeCatalogPtr catalog;
    QString server; // its name; empty for a file
    QString url;
};

// Errors: those of chooseServer; Unreadable and TooLarge for a file.
QCoro::Task<Result<LoadedCatalog>> loadCatalog(CatalogSource source, const Clock* clock, CancelToken cancel);

} // namespace gesso::cli
