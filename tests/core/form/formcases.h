// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"
#include "core/workflow/workflow.h"

namespace gesso::testkit {

// The recorded workflows and the node definitions they go with.
struct FormCase {
    QString name; // "cases/hand__bypass_lora"
    QString path;
    QString catalog; // file name
};

FormCase formCase(const QString& name);
void addRowsOfAllCases(); // for a _data function: columns "path" and "catalog"; no row without the data
NodeCatalogPtr recordedCatalog(const QString& fileName); // read once per process

// A catalogue of a few nodes, and a workflow, written down in a test.
NodeCatalogPtr catalogFrom(const QByteArray& json);
Workflow workflowFrom(const QByteArray& json);

} // namespace gesso::testkit
