// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/seed.h"
#include "core/form/binding.h"
#include "core/run/runrequest.h"

#include <QDateTime>

#include <functional>
#include <memory>
#include <optional>

namespace gesso {

// What Generate was pressed for: everything that checking it and making its runs needs, as it was at that
// moment. A value, so that the work can be done off the GUI thread.
struct RunDraft {
    struct LocalFile {
        QString path; // of this machine, uploaded when the run is sent
        Field field; // it stands in
    };

    std::function<Workflow()> snapshot; // makes `workflow` where that is not there yet
    std::shared_ptr<const Workflow> workflow;
    NodeCatalogPtr catalog;
    QString title;
    QString outputFolder;
    QList<LocalFile> files;
    std::optional<WidgetRef> seedField;
    int count = 1;
};

struct CheckedDraft {
    std::optional<Error> error; // it cannot be converted at all
    Diagnostics findings; // with an error among them it must not be sent
    std::shared_ptr<const Workflow> workflow; // what was checked
};

// Converts and validates. Blocking (it also looks at the files); any thread.
CheckedDraft checkDraft(const RunDraft& draft);

// The request for one run with this seed in the draft's seed field. The seed also decides what else is left
// to chance, so that the run can be repeated; `random` does where there is none. Blocking; any thread.
// Errors: those of promptFor.
Result<RunRequest> makeRequest(const RunDraft& draft, std::optional<Seed> seed, quint64 random,
                               const QDateTime& now);

} // namespace gesso
