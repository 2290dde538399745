// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/diagnostics/localchecks.h"

#include <QObject>
#include <QThreadPool>

#include <memory>

namespace gesso {

class NoticeList;
class ServerViewModel;
class TrafficRecorder;
class UserPrompts;

// What the window offers to somebody who reports a fault: a readable report, and a recording of all that is
// said to and by the server.
class DiagnosticsFlow : public QObject
{
    Q_OBJECT

public:
    DiagnosticsFlow(ServerViewModel& server, NoticeList& notices, UserPrompts& prompts,
                    QObject* parent = nullptr);
    ~DiagnosticsFlow() override;

    void setPlaces(const UsedPlaces& places);

    void saveReport(); // asks for a file; gathered and written off this thread
    bool isRecording() const;
    void startRecording(); // asks for a file; goes on across a change of server
    void stopRecording();

Q_SIGNALS:
    void recordingChanged();

private:
    void writeReport(const QString& path);
    void record(const QString& path);
    void tap(); // gives the recorder, or none, to the session at hand

    ServerViewModel& m_server;
    NoticeList& m_notices;
    UserPrompts& m_prompts;
    UsedPlaces m_places;
    std::shared_ptr<TrafficRecorder> m_recorder;
    QThreadPool m_pool;
};

} // namespace gesso
