// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/executionlist.h"
#include "core/demo/faults.h"
#include "core/demo/job.h"
#include "core/demo/nodelibrary.h"
#include "core/demo/progresslog.h"
#include "core/demo/resultcache.h"
#include "core/demo/serverevent.h"

namespace gesso::demo {

// Who hears of a running job. Called in the runner's thread, in the order of the protocol.
class JobListener
{
public:
    virtual ~JobListener() = default;
    virtual void text(const Job& job, TextEvent event) = 0;
    virtual void preview(const Job& job, PreviewEvent event) = 0;
};

// Runs one job to its end and tells it as ComfyUI does (protocol.md 2.1). Lives in the painter's thread.
class JobRunner
{
public:
    JobRunner(const NodeLibrary& library, const JobEnvironment& environment, const Faults& faults,
              ResultCache& cache, JobListener& listener);

    // The history entry.
    Json run(Job& job);

private:
    enum class Step { Done, Failed, Interrupted };

    Step runNode(const QString& id);
    void reportCached(const QString& id, const NodeResult& result);
    std::optional<Blocked> firstBlock(const QHash<QString, Value>& inputs) const;
    Result<NodeResult> compute(const QString& id, const NodeType& type, QHash<QString, Value> inputs);
    QHash<QString, Value> inputsOf(const QString& id) const;
    void finish(const QString& id, NodeResult result, bool isCacheable);
    void reportError(const QString& id, const NodeType& type, const QHash<QString, Value>& inputs,
                     const Error& error);
    void reportInterrupted(const QString& id, const NodeType& type);
    void reportBlocked(const QString& id, const NodeType& type, const QString& message);

    void send(const char* type, Json data);
    void sendAndRemember(const char* type, Json data); // also in the history
    void sendProgressState();
    Json executedIds() const;

    const NodeLibrary& m_library;
    JobEnvironment m_environment;
    Faults m_faults;
    ResultCache& m_cache;
    JobListener& m_listener;

    Job* m_job = nullptr;
    std::unique_ptr<PromptIndex> m_prompt;
    std::unique_ptr<ProgressLog> m_progress;
    QHash<QString, QByteArray> m_signatures;
    QHash<QString, NodeResult> m_uncached; // of this job only: touched by a fault
    QStringList m_executed;
    Json m_messages;
    Json m_outputs;
    Json m_meta;
};

} // namespace gesso::demo
