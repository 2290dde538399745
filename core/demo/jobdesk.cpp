// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/jobdesk.h"

#include <QUuid>

namespace gesso::demo {

namespace {

Json statusData(int remaining)
{
    return Json{{"status", {{"exec_info", {{"queue_remaining", remaining}}}}}};
}

std::optional<QStringList> targetsOf(const Json& body)
{
    const Json* targets = member(body, "partial_execution_targets");
    if (!targets || !targets->is_array()) {
        return std::nullopt;
    }
    QStringList ids;
    for (const Json& id : *targets) {
        ids.append(idText(id));
    }
    return ids;
}

// What a job without a client still tells: to every socket (protocol.md 2.2).
bool isForEverybody(const TextEvent& event)
{
    return event.type == u"progress" || event.type == u"progress_state"
        || event.type == u"execution_interrupted"
        || (event.type == u"execution_error"
            && stringMember(event.data, "exception_type") == u"ExecutionBlocked");
}

} // namespace

JobDesk::JobDesk(const NodeLibrary& library, const JobEnvironment& environment, SocketFront& sockets,
                 QObject* parent)
    : QObject(parent)
    , m_library(library)
    , m_folders(environment.folders)
    , m_sockets(sockets)
    , m_worker(new JobWorker(library, environment, callbacks()))
{
    m_thread.setObjectName(QStringLiteral("demo painter"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(&m_sockets, &SocketFront::connected, this, &JobDesk::greet);
    m_thread.start(QThread::LowPriority);
}

JobDesk::~JobDesk()
{
    m_queue.interrupt({});
    m_thread.quit();
    m_thread.wait();
}

// From the painter's thread into this one. The desk outlives that thread.
JobCallbacks JobDesk::callbacks()
{
    return {
        [this](const JobPtr& job, const TextEvent& event) {
            QMetaObject::invokeMethod(
                this, [this, job, event] { forward(job, event); }, Qt::QueuedConnection);
        },
        [this](const JobPtr& job, const PreviewEvent& event) {
            QMetaObject::invokeMethod(
                this, [this, job, event] { forwardPreview(job, event); }, Qt::QueuedConnection);
        },
        [this](const JobPtr& job, const Json& entry) {
            QMetaObject::invokeMethod(
                this, [this, job, entry] { finish(job, entry); }, Qt::QueuedConnection);
        },
    };
}

SubmitOutcome JobDesk::submit(const Json& body)
{
    const Json* own = member(body, "number");
    const Json number = m_queue.takeNumber(own ? *own : Json(), boolMember(body, "front"));
    const Json* prompt = member(body, "prompt");
    if (!prompt) {
        return {400,
                Json{{"error",
                      promptError("no_prompt", QStringLiteral("No prompt provided"),
                                  QStringLiteral("No prompt provided"))},
                     {"node_errors", Json::object()}}};
    }
    auto job = std::make_shared<Job>();
    job->prompt = *prompt;
    const PromptValidation validation(m_library, m_folders);
    const ValidationOutcome outcome = m_faults.refusePrompts
        ? validation.refusal(job->prompt)
        : validation.validate(job->prompt, targetsOf(body));
    if (!outcome.isAccepted) {
        return {400, Json{{"error", outcome.error}, {"node_errors", outcome.nodeErrors}}};
    }

    job->number = number;
    const QString ownId = stringMember(body, "prompt_id");
    job->promptId = ownId.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : ownId;
    job->outputs = outcome.outputs;
    job->clientId = stringMember(body, "client_id");
    const Json* extraData = member(body, "extra_data");
    job->extraData = extraData && extraData->is_object() ? *extraData : Json::object();
    for (const char* secret : {"auth_token_comfy_org", "api_key_comfy_org"}) {
        job->extraData.erase(secret);
    }
    if (!job->clientId.isEmpty()) {
        job->extraData["client_id"] = toJson(job->clientId);
    }
    job->extraData["create_time"] = nowMs();
    const Json answer{
        {"prompt_id", toJson(job->promptId)}, {"number", job->number}, {"node_errors", outcome.nodeErrors}};
    m_queue.put(std::move(job));
    sendStatus();
    startNext();
    return {200, answer};
}

void JobDesk::startNext()
{
    const JobPtr job = m_queue.takeNext();
    if (!job) {
        return;
    }
    m_runningNode.clear();
    sendStatus();
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, job, faults = m_faults] { worker->run(job, faults); },
        Qt::QueuedConnection);
}

void JobDesk::forward(const JobPtr& job, const TextEvent& event)
{
    if (m_queue.running() != job) {
        return; // of before a restart
    }
    if (event.type == u"executing") {
        m_runningNode = stringMember(event.data, "node");
    }
    if (!job->clientId.isEmpty()) {
        m_sockets.sendTo(job->clientId, event);
    } else if (isForEverybody(event)) {
        m_sockets.sendToAll(event);
    }
}

void JobDesk::forwardPreview(const JobPtr& job, const PreviewEvent& event)
{
    if (m_queue.running() != job) {
        return;
    }
    if (job->clientId.isEmpty()) {
        m_sockets.sendPreviewToAll(event);
    } else {
        m_sockets.sendPreviewTo(job->clientId, event);
    }
}

// The history has the job before its last frame is sent (protocol.md 2.1).
void JobDesk::finish(const JobPtr& job, const Json& historyEntry)
{
    if (m_queue.running() != job) {
        startNext();
        return;
    }
    m_history.add(job->promptId, historyEntry);
    m_queue.finishRunning();
    sendStatus();
    if (!job->clientId.isEmpty()) {
        m_sockets.sendTo(
            job->clientId,
            {QStringLiteral("executing"), Json{{"node", nullptr}, {"prompt_id", toJson(job->promptId)}}});
    }
    startNext();
}

void JobDesk::greet(const QString& clientId)
{
    Json data = statusData(m_queue.remaining());
    data["sid"] = toJson(clientId);
    m_sockets.sendTo(clientId, {QStringLiteral("status"), std::move(data)});
    const JobPtr running = m_queue.running();
    if (running && running->clientId == clientId && !m_runningNode.isEmpty()) {
        // Without prompt_id, as real servers do on a reconnect (protocol.md 1).
        m_sockets.sendTo(clientId, {QStringLiteral("executing"), Json{{"node", toJson(m_runningNode)}}});
    }
}

void JobDesk::sendStatus()
{
    m_sockets.sendToAll({QStringLiteral("status"), statusData(m_queue.remaining())});
}

Json JobDesk::queueJson() const
{
    Json running = Json::array();
    if (const JobPtr job = m_queue.running()) {
        running.push_back(job->toJson());
    }
    Json pending = Json::array();
    for (const JobPtr& job : m_queue.pending()) {
        pending.push_back(job->toJson());
    }
    return Json{{"queue_running", std::move(running)}, {"queue_pending", std::move(pending)}};
}

Json JobDesk::promptJson() const
{
    return Json{{"exec_info", {{"queue_remaining", m_queue.remaining()}}}};
}

void JobDesk::removePending(const QStringList& promptIds)
{
    for (const QString& id : promptIds) {
        if (m_queue.remove(id)) {
            sendStatus();
        }
    }
}

void JobDesk::clearPending()
{
    m_queue.clear();
    sendStatus();
}

void JobDesk::interrupt(const QString& promptId)
{
    m_queue.interrupt(promptId);
}

void JobDesk::restart(bool keepHistory)
{
    m_queue.interrupt({});
    m_queue = JobQueue();
    m_runningNode.clear();
    if (!keepHistory) {
        m_history.clear();
    }
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->forgetResults(); }, Qt::QueuedConnection);
}

} // namespace gesso::demo
