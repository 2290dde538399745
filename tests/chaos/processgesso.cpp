// SPDX-License-Identifier: GPL-3.0-or-later
// A Gesso in a process of its own, so that it can die without a word. What is said to it goes line by line.
#include "tests/chaos/gesso.h"

#include <QCoreApplication>
#include <QProcess>

namespace gesso::chaos {

namespace {

class ProcessGesso final : public Gesso
{
public:
    explicit ProcessGesso(const Place& place)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(),
                        {QStringLiteral("--client"), QString::fromStdString(toJson(place).dump())});
        if (!m_process.waitForStarted()) {
            qFatal("no process for Gesso: %s", qPrintable(m_process.errorString()));
        }
    }

    ~ProcessGesso() override
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void submit(const RunPlan& plan) override { say({{"do", "submit"}, {"plan", toJson(plan)}}); }
    void cancel(int index) override { say({{"do", "cancel"}, {"index", index}}); }
    void setDiskSpace(qint64 bytes) override { say({{"do", "disk"}, {"bytes", bytes}}); }
    void jumpClock(qint64 ms) override { say({{"do", "clock"}, {"ms", ms}}); }
    void retryDownloads() override { say({{"do", "retry"}}); }

    void ask() override
    {
        m_answer.reset();
        say({{"do", "ask"}, {"number", ++m_asked}});
    }

    std::optional<Memory> answer() override
    {
        while (m_process.canReadLine()) {
            const Result<Json> line = parseJson(m_process.readLine());
            if (line && line->value("number", 0) == m_asked) {
                m_answer = memoryFrom(*line);
            }
        }
        return m_answer;
    }

private:
    void say(const Json& words) { m_process.write(QByteArray::fromStdString(words.dump() + '\n')); }

    QProcess m_process;
    int m_asked = 0;
    std::optional<Memory> m_answer;
};

} // namespace

Json toJson(const Memory& memory)
{
    Json runs = Json::array();
    for (const Memory::Run& run : memory.runs) {
        runs.push_back(Json{{"id", gesso::toJson(run.id)},
                            {"phase", gesso::toJson(run.phase)},
                            {"error", gesso::toJson(run.error)},
                            {"unsaved", run.unsaved}});
    }
    return Json{{"runs", std::move(runs)}, {"active", memory.active}, {"connected", memory.isConnected}};
}

Memory memoryFrom(const Json& json)
{
    Memory memory;
    for (const Json& run : json["runs"]) {
        memory.runs.append({stringMember(run, "id"), stringMember(run, "phase"), stringMember(run, "error"),
                            run["unsaved"].get<int>()});
    }
    memory.active = json["active"].get<int>();
    memory.isConnected = boolMember(json, "connected");
    return memory;
}

std::unique_ptr<Gesso> startProcess(const Place& place)
{
    return std::make_unique<ProcessGesso>(place);
}

} // namespace gesso::chaos
