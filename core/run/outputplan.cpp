// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/run/outputplan.h"

#include "core/store/outputname.h"

#include <algorithm>

namespace gesso {

namespace {

bool isResult(const OutputItem& item)
{
    return item.type == QLatin1String("output") || item.type.isEmpty();
}

bool isSameFile(const OutputItem& a, const OutputItem& b)
{
    return a.filename == b.filename && a.subfolder == b.subfolder && a.type == b.type;
}

QList<OutputItem> distinctFiles(const QList<OutputItem>& outputs)
{
    QList<OutputItem> files;
    for (const OutputItem& item : outputs) {
        const bool isKnown = std::any_of(files.cbegin(), files.cend(),
                                         [&](const OutputItem& file) { return isSameFile(file, item); });
        if (item.isFile() && !isKnown) {
            files.append(item);
        }
    }
    return files;
}

// A run's id is never used again, so that this is always the same file of the same server.
QByteArray sourceOf(const PromptId& run, const OutputItem& item)
{
    const QStringList parts{run.toString(), item.type, item.subfolder, item.filename};
    return parts.join(QChar(0)).toUtf8();
}

} // namespace

QList<PlannedFile> planOutputs(const RunRequest& request, const QList<OutputItem>& outputs,
                               const QString& temporaryFolder, const QDateTime& localTime)
{
    QList<OutputItem> files = distinctFiles(outputs);
    std::stable_partition(files.begin(), files.end(), isResult);
    const bool hasResults = !files.isEmpty() && isResult(files.first());

    QList<PlannedFile> plan;
    for (const OutputItem& item : std::as_const(files)) {
        if (hasResults && !isResult(item)) {
            plan.append({item, temporaryFolder, safeFileName(item.filename), sourceOf(request.id, item)});
            continue;
        }
        OutputNameValues values;
        values.title = request.title;
        values.seed = request.seed;
        values.time = localTime;
        values.index = int(plan.size()) + 1;
        values.node = item.displayNode.toString();
        plan.append({item, request.outputFolder, outputFileName(request.namePattern, item.filename, values),
                     sourceOf(request.id, item)});
    }
    return plan;
}

} // namespace gesso
