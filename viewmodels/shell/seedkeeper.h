// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/seed.h"
#include "core/base/strongid.h"
#include "viewmodels/form/workflowdocument.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace gesso {

// Seed truth: the number in the seed field is the one the shown picture was made with. The rule is therefore
// not applied after a run but when the next one starts, and what it will give is known before (nextSeed()).
// A seed the person typed is used as it is.
class SeedKeeper : public QObject
{
    Q_OBJECT

public:
    explicit SeedKeeper(WorkflowDocument& document, QObject* parent = nullptr);

    SeedRule rule() const;
    void setRule(SeedRule rule);

    // The seed for a run that starts now, already put into the form; nullopt if the workflow has no seed.
    std::optional<Seed> take();
    void noteRun(const PromptId& run, Seed seed);
    // The picture of this run is shown: its seed goes into the field, unless the person typed another.
    void showRun(const PromptId& run);

    std::optional<Seed> nextSeed() const; // what the next run will use; nullopt without a seed field
    bool willAdvance() const; // nextSeed() is another than the field's
    std::optional<Seed> shownSeed() const; // that made the picture shown
    bool isOfShownPicture() const; // the number in the field made the picture shown

Q_SIGNALS:
    void changed();

private:
    std::optional<Seed> fieldSeed() const;
    void setFieldSeed(Seed seed);
    void advance(Seed from);
    void onFieldChanged(qsizetype index);
    void forgetRuns();

    WorkflowDocument& m_document;
    SeedRule m_rule = SeedRule::Randomize;
    QHash<PromptId, Seed> m_runs; // of this document
    std::optional<Seed> m_used; // what the field holds because a run used it; empty once the person typed
    std::optional<Seed> m_next;
    PromptId m_shown;
    bool m_setting = false;
};

} // namespace gesso
