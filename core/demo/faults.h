// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso::demo {

// Semantic faults (faults on the wire are made by tests/testkit/tcpproxy.h) for tests and `gesso demo-server
// --fault`. Each stays in force until set again.
struct Faults {
    int delayMs = 0; // before every REST answer
    int promptAnswerDelayMs = 0; // POST /prompt queues at once and answers late: the job may end before
    bool refusePrompts =
        false; // 400 prompt_outputs_failed_validation, with node_errors of the recorded shape
    QString failNode; // this class raises at run time
    QString blockNode; // this class returns an ExecutionBlocker with a message
    bool forgetHistory = false; // /history answers {} for everything
    bool serverError = false; // 500 with a plain-text body on every REST route
};

} // namespace gesso::demo
