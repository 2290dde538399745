// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench/benchreport.h"

#include "app/cli/bench/processtime.h"

#include <QDateTime>

namespace gesso::cli {

void BenchReport::begin()
{
    beginMs = QDateTime::currentMSecsSinceEpoch();
    cpuBegin = processCpuSeconds();
}

void BenchReport::end()
{
    endMs = QDateTime::currentMSecsSinceEpoch();
    cpuEnd = processCpuSeconds();
}

void BenchReport::note(const Error& error)
{
    ++errors[error.message];
}

Json BenchReport::toJson() const
{
    Json counts = Json::object();
    for (auto error = errors.cbegin(); error != errors.cend(); ++error) {
        counts[error.key().toStdString()] = error.value();
    }
    return Json{{"completed", completed}, {"failed", failed},     {"images", images},
                {"bytes", bytes},         {"frames", frames},     {"decoded", decoded},
                {"t_begin", beginMs},     {"t_end", endMs},       {"cpu_begin", cpuBegin},
                {"cpu_end", cpuEnd},      {"t_result", resultMs}, {"load_ms", loadMs},
                {"nodes", nodes},         {"usable", isUsable},   {"errors", std::move(counts)},
                {"deadline", hitDeadline}};
}

} // namespace gesso::cli
