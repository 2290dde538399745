// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <string>

namespace gesso::bench {

enum class Outage {
    None,
    Cut, // the socket of events is cut; everything else goes on
    Refuse, // nothing is reachable for `outageMs`, and jobs go on meanwhile
    Restart, // as if killed: nothing is reachable for `outageMs`, then the server is back and knows nothing
};

struct MockOptions {
    int port = 0; // 0: any
    int delayMs = 0; // a job takes this long; jobs run one after another
    int steps = 4; // progress frames of a job
    bool answersFirst = false; // else a job of no length has ended before its POST is answered
    int previews = 0; // of each job
    bool stepsHavePreviews = false; // one with each progress frame
    int previewSide = 512;
    bool hasPreviewMetadata = true; // to clients that ask for it
    int resultSide = 64; // of the PNG each job makes
    QByteArray objectInfo = "{}";
    Outage outage = Outage::None;
    int outageAfterMs = 300; // since the start of the first job
    int outageMs = 3000;
};

} // namespace gesso::bench
