// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/demo/jobhistory.h"
#include "core/demo/jobqueue.h"
#include "core/demo/jobworker.h"
#include "core/demo/promptvalidation.h"
#include "core/demo/socketfront.h"

#include <QObject>
#include <QThread>

namespace gesso::demo {

struct SubmitOutcome {
    int status = 200;
    Json answer;
};

// Queue, history and the painter's thread, told to the sockets. Lives in the server's thread.
class JobDesk : public QObject
{
    Q_OBJECT

public:
    JobDesk(const NodeLibrary& library, const JobEnvironment& environment, SocketFront& sockets,
            QObject* parent = nullptr);
    ~JobDesk() override; // interrupts what runs and waits for it

    void setFaults(const Faults& faults) { m_faults = faults; }

    SubmitOutcome submit(const Json& body); // POST /prompt
    Json queueJson() const;
    Json promptJson() const; // GET /prompt
    void removePending(const QStringList& promptIds);
    void clearPending();
    void interrupt(const QString& promptId); // empty: whatever runs
    JobHistory& history() { return m_history; }
    void restart(bool keepHistory); // as if the process had gone and come back

private:
    JobCallbacks callbacks();
    void greet(const QString& clientId);
    void startNext();
    void sendStatus();
    void forward(const JobPtr& job, const TextEvent& event);
    void forwardPreview(const JobPtr& job, const PreviewEvent& event);
    void finish(const JobPtr& job, const Json& historyEntry);

    const NodeLibrary& m_library;
    const Folders m_folders;
    SocketFront& m_sockets;
    Faults m_faults;
    JobQueue m_queue;
    JobHistory m_history;
    QString m_runningNode;
    QThread m_thread;
    JobWorker* m_worker = nullptr; // in m_thread
};

} // namespace gesso::demo
