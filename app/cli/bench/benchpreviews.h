// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/bench/benchreport.h"
#include "viewmodels/runs/previewdecoder.h"

#include <QObject>

namespace gesso {
class RunService;
}

namespace gesso::cli {

// Takes the previews of all runs, and decodes of them what the window would show.
class BenchPreviews : public QObject
{
    Q_OBJECT

public:
    BenchPreviews(RunService& runs, BenchReport& report);

private:
    PreviewDecoder m_decoder;
};

} // namespace gesso::cli
