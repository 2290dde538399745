// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/jobrunner.h"

#include "core/demo/signatures.h"

namespace gesso::demo {

namespace {

// As Python shows a value in "current_inputs".
Json shown(const Value& value)
{
    const Json* json = std::get_if<Json>(&value);
    if (json) {
        return *json;
    }
    if (const auto* images = std::get_if<std::shared_ptr<const Images>>(&value)) {
        return toJson(QStringLiteral("<%1 pictures>").arg((*images)->pictures.size()));
    }
    return "<object>";
}

} // namespace

JobRunner::JobRunner(const NodeLibrary& library, const JobEnvironment& environment, const Faults& faults,
                     ResultCache& cache, JobListener& listener)
    : m_library(library)
    , m_environment(environment)
    , m_faults(faults)
    , m_cache(cache)
    , m_listener(listener)
{
}

Json JobRunner::run(Job& job)
{
    m_job = &job;
    Json prompt = job.prompt;
    m_prompt = std::make_unique<PromptIndex>(prompt);
    m_progress = std::make_unique<ProgressLog>(job.promptId);
    m_messages = Json::array();
    m_outputs = Json::object();
    m_meta = Json::object();
    const Json* extraInfo = member(job.extraData, "extra_pnginfo");
    m_environment.prompt = &job.prompt;
    m_environment.extraPngInfo = extraInfo;
    m_environment.isInterrupted = [&job] { return job.isInterrupted.load(); };

    sendAndRemember("execution_start", Json::object());
    m_signatures = signatures(*m_prompt, m_library, m_environment.folders);
    m_cache.keepOnly(QSet<QByteArray>(m_signatures.cbegin(), m_signatures.cend()));
    const auto isCached = [this](const QString& id) {
        return m_cache.find(m_signatures.value(id)) != nullptr;
    };
    Json cached = Json::array();
    for (const QString& id : m_prompt->ids()) {
        if (isCached(id)) {
            cached.push_back(toJson(id));
        }
    }
    sendAndRemember("execution_cached", Json{{"nodes", std::move(cached)}});

    const auto isOutput = [this](const QString& id) {
        const NodeType* type = m_library.find(m_prompt->className(id));
        return type && type->isOutput;
    };
    ExecutionList list(*m_prompt, job.outputs, isCached, isOutput);
    Step step = Step::Done;
    while (step == Step::Done && !list.isEmpty()) {
        const QString next = list.takeNext();
        step = next.isEmpty() ? Step::Failed : runNode(next); // empty: a cycle that validation let through
    }
    if (step == Step::Done) {
        sendAndRemember("execution_success", Json::object());
    }
    return Json{{"prompt", job.toJson()},
                {"outputs", m_outputs},
                {"status",
                 {{"status_str", step == Step::Done ? "success" : "error"},
                  {"completed", step == Step::Done},
                  {"messages", m_messages}}},
                {"meta", m_meta}};
}

JobRunner::Step JobRunner::runNode(const QString& id)
{
    if (const NodeResult* cached = m_cache.find(m_signatures.value(id))) {
        reportCached(id, *cached);
        return Step::Done;
    }
    const NodeType& type = *m_library.find(m_prompt->className(id));
    m_progress->start(id);
    sendProgressState();
    send("executing", Json{{"node", toJson(id)}, {"display_node", toJson(id)}});

    const QHash<QString, Value> inputs = inputsOf(id);
    if (m_job->isInterrupted) {
        reportInterrupted(id, type);
        return Step::Interrupted;
    }
    if (const std::optional<Blocked> block = firstBlock(inputs)) {
        if (block->message) {
            reportBlocked(id, type, *block->message);
        }
        finish(id,
               NodeResult{std::vector<Value>(static_cast<std::size_t>(type.outputTypes.size()), Blocked{}),
                          std::nullopt},
               false);
        return Step::Done;
    }
    Result<NodeResult> result = compute(id, type, inputs);
    if (!result && result.error().kind == ErrorKind::Cancelled) {
        reportInterrupted(id, type);
        return Step::Interrupted;
    }
    if (!result) {
        reportError(id, type, inputs, result.error());
        return Step::Failed;
    }
    finish(id, std::move(*result), m_faults.blockNode != type.name);
    return Step::Done;
}

Result<NodeResult> JobRunner::compute(const QString& id, const NodeType& type, QHash<QString, Value> inputs)
{
    if (type.name == m_faults.failNode) {
        return nodeFailure(QStringLiteral("This node fails on purpose (a fault of the demo server)"));
    }
    if (type.name == m_faults.blockNode) {
        const Value blocked = Blocked{QStringLiteral("blocked on purpose")};
        return NodeResult{std::vector<Value>(static_cast<std::size_t>(type.outputTypes.size()), blocked),
                          std::nullopt};
    }
    const NodeContext context(m_environment, std::move(inputs),
                              [this, id](int value, int max, const QByteArray& jpeg) {
                                  m_progress->step(id, value, max);
                                  sendProgressState();
                                  send("progress",
                                       Json{{"value", value},
                                            {"max", max},
                                            {"prompt_id", toJson(m_job->promptId)},
                                            {"node", toJson(id)}});
                                  if (!jpeg.isEmpty()) {
                                      m_listener.preview(*m_job, {id, m_job->promptId, jpeg});
                                  }
                              });
    return type.run(context);
}

QHash<QString, Value> JobRunner::inputsOf(const QString& id) const
{
    QHash<QString, Value> values;
    const Json* inputs = m_prompt->inputs(id);
    if (inputs) {
        for (const auto& item : inputs->items()) {
            values.insert(QString::fromStdString(item.key()), Value(item.value()));
        }
    }
    for (const PromptIndex::Link& link : m_prompt->links(id)) {
        const NodeResult* cached = m_cache.find(m_signatures.value(link.origin));
        const auto local = m_uncached.constFind(link.origin);
        const std::vector<Value>& outputs = cached
            ? cached->outputs
            : (local != m_uncached.constEnd() ? local->outputs : std::vector<Value>());
        const auto slot = static_cast<std::size_t>(link.slot);
        values.insert(link.input, slot < outputs.size() ? outputs[slot] : Value());
    }
    return values;
}

std::optional<Blocked> JobRunner::firstBlock(const QHash<QString, Value>& inputs) const
{
    for (const Value& value : inputs) {
        if (const Blocked* blocked = std::get_if<Blocked>(&value)) {
            return *blocked;
        }
    }
    return std::nullopt;
}

void JobRunner::reportCached(const QString& id, const NodeResult& result)
{
    send("executed",
         Json{{"node", toJson(id)},
              {"display_node", toJson(id)},
              {"output", result.ui ? *result.ui : Json()},
              {"prompt_id", toJson(m_job->promptId)}});
    if (result.ui) {
        m_outputs[id.toStdString()] = *result.ui;
        m_meta[id.toStdString()] = Json{{"node_id", toJson(id)},
                                        {"display_node", toJson(id)},
                                        {"parent_node", nullptr},
                                        {"real_node_id", toJson(id)}};
    }
    m_progress->step(id, 1, 1);
    m_progress->finish(id);
    sendProgressState();
}

void JobRunner::finish(const QString& id, NodeResult result, bool isCacheable)
{
    if (result.ui) {
        send("executed",
             Json{{"node", toJson(id)},
                  {"display_node", toJson(id)},
                  {"output", *result.ui},
                  {"prompt_id", toJson(m_job->promptId)}});
        m_outputs[id.toStdString()] = *result.ui;
        m_meta[id.toStdString()] = Json{{"node_id", toJson(id)},
                                        {"display_node", toJson(id)},
                                        {"parent_node", nullptr},
                                        {"real_node_id", toJson(id)}};
    }
    m_progress->finish(id);
    sendProgressState();
    m_executed.append(id);
    if (isCacheable) {
        m_cache.add(m_signatures.value(id), std::move(result));
    } else {
        m_uncached.insert(id, std::move(result));
    }
}

void JobRunner::reportError(const QString& id, const NodeType& type, const QHash<QString, Value>& inputs,
                            const Error& error)
{
    Json current = Json::object();
    for (auto it = inputs.constBegin(); it != inputs.constEnd(); ++it) {
        current[it.key().toStdString()] = Json::array({shown(it.value())});
    }
    Json ids = Json::array();
    for (const QString& node : m_prompt->ids()) {
        ids.push_back(toJson(node));
    }
    sendAndRemember(
        "execution_error",
        Json{{"node_id", toJson(id)},
             {"node_type", toJson(type.name)},
             {"executed", executedIds()},
             {"exception_message", toJson(error.message + QLatin1Char('\n'))},
             {"exception_type", "ValueError"},
             {"traceback",
              Json::array({toJson(QStringLiteral("  in the demo server's node %1\n").arg(type.name))})},
             {"current_inputs", std::move(current)},
             {"current_outputs", std::move(ids)}});
}

void JobRunner::reportInterrupted(const QString& id, const NodeType& type)
{
    sendAndRemember(
        "execution_interrupted",
        Json{{"node_id", toJson(id)}, {"node_type", toJson(type.name)}, {"executed", executedIds()}});
}

// Not in the history and without a timestamp, as recorded: the job goes on.
void JobRunner::reportBlocked(const QString& id, const NodeType& type, const QString& message)
{
    send("execution_error",
         Json{{"node_id", toJson(id)},
              {"node_type", toJson(type.name)},
              {"executed", executedIds()},
              {"exception_message", toJson(QStringLiteral("Execution Blocked: ") + message)},
              {"exception_type", "ExecutionBlocked"},
              {"traceback", Json::array()},
              {"current_inputs", Json::array()},
              {"current_outputs", Json::array()}});
}

void JobRunner::send(const char* type, Json data)
{
    if (!data.contains("prompt_id")) {
        data["prompt_id"] = toJson(m_job->promptId);
    }
    m_listener.text(*m_job, {QString::fromLatin1(type), std::move(data)});
}

void JobRunner::sendAndRemember(const char* type, Json data)
{
    data["prompt_id"] = toJson(m_job->promptId);
    data["timestamp"] = nowMs();
    m_messages.push_back(Json::array({type, data}));
    m_listener.text(*m_job, {QString::fromLatin1(type), std::move(data)});
}

void JobRunner::sendProgressState()
{
    send("progress_state", m_progress->data());
}

Json JobRunner::executedIds() const
{
    Json ids = Json::array();
    for (const QString& id : m_executed) {
        ids.push_back(toJson(id));
    }
    return ids;
}

} // namespace gesso::demo
