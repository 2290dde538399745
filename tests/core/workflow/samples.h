// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflow/nodecatalog.h"
#include "core/workflow/reader.h"

namespace gesso::testkit {

// A small catalogue written for the tests: one class for each kind of input.
NodeCatalogPtr sampleCatalog();

// From JSON text; fails the process with the error if it is none.
Json json(QByteArrayView text);
Graph graph(QByteArrayView text);

} // namespace gesso::testkit
