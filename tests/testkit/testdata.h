// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

namespace gesso::testkit {

// The folder of recorded real data: GESSO_TEST_DATA, else ../shared/data beside the project; empty if absent.
QString dataFolder();

// Whether the data is there. With GESSO_REQUIRE_DATA=1 absence is a failure of the test, else it should
// QSKIP.
bool hasData();
bool dataIsRequired();

QByteArray readAll(const QString& path); // fails the process with the path if it cannot be read
Json readJson(const QString& path);
QString sourceFolder(); // the project's root

} // namespace gesso::testkit

// At the start of a test that reads recordings.
#define GESSO_NEEDS_DATA()                                                                                   \
    do {                                                                                                     \
        if (!gesso::testkit::hasData()) {                                                                    \
            if (gesso::testkit::dataIsRequired())                                                            \
                QFAIL("GESSO_REQUIRE_DATA is set and the recorded data is not there");                       \
            QSKIP("recorded data not present (set GESSO_TEST_DATA)");                                        \
        }                                                                                                    \
    } while (false)
