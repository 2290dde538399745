// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/benchpreviews.h"

#include "core/run/runservice.h"

namespace gesso::cli {

BenchPreviews::BenchPreviews(RunService& runs, BenchReport& report)
{
    connect(&runs, &RunService::preview, this, [this, &report](const PreviewFrame& frame) {
        ++report.frames;
        m_decoder.offer(frame.image);
    });
    connect(&m_decoder, &PreviewDecoder::decoded, this, [&report] { ++report.decoded; });
}

} // namespace gesso::cli
