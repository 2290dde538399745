// SPDX-License-Identifier: GPL-3.0-or-later
// What each fault does, and how it ends.
#include "tests/chaos/scenario.h"

#include <QRandomGenerator>
#include <QTimer>

namespace gesso::chaos {

using Direction = testkit::TcpProxy::Direction;

namespace {

QByteArray garbage(quint64 seed, int size)
{
    QRandomGenerator random{quint32(seed)};
    QByteArray bytes(size, '\0');
    for (char& byte : bytes) {
        byte = char(random.bounded(256));
    }
    return bytes;
}

} // namespace

void Scenario::begin(const Blow& blow)
{
    switch (blow.fault) {
    case Fault::KillGesso:
        killGesso(blow.forMs);
        return;
    case Fault::DiskFull:
        if (m_gesso) {
            m_gesso->setDiskSpace(blow.amount);
        }
        return;
    case Fault::JumpClock:
        if (m_gesso) {
            m_gesso->jumpClock(blow.amount);
        }
        return;
    case Fault::Cancel:
        if (m_gesso) {
            m_gesso->cancel(blow.amount);
        }
        return;
    case Fault::DeletePending:
        post(QStringLiteral("/queue"),
             Json{{"delete", Json::array({gesso::toJson(idOf(m_script.seed, blow.amount).toString())})}});
        return;
    case Fault::InterruptRunning:
        post(QStringLiteral("/interrupt"), Json::object());
        return;
    default:
        if (blow.fault >= Fault::RestartKeeping) {
            beginInServer(blow);
        } else {
            beginOnWire(blow);
        }
    }
}

void Scenario::beginOnWire(const Blow& blow)
{
    switch (blow.fault) {
    case Fault::Cut:
        m_wire.cutNow();
        return;
    case Fault::Reset:
        m_wire.resetNow();
        return;
    case Fault::CutAfterToServer:
        m_wire.cutAfter(Direction::ToServer, blow.amount);
        return;
    case Fault::CutAfterToClient:
        m_wire.cutAfter(Direction::ToClient, blow.amount);
        return;
    case Fault::HalfOpen:
        m_wire.setHalfOpen(true);
        return;
    case Fault::HalfOpenToServer:
        m_wire.setHalfOpen(Direction::ToServer, true);
        return;
    case Fault::HalfOpenToClient:
        m_wire.setHalfOpen(Direction::ToClient, true);
        return;
    case Fault::DelayToServer:
        m_wire.setDelay(Direction::ToServer, blow.amount);
        return;
    case Fault::DelayToClient:
        m_wire.setDelay(Direction::ToClient, blow.amount);
        return;
    case Fault::GarbageToSocket:
        m_wire.injectIntoWebSockets(Direction::ToClient, garbage(m_script.seed, blow.amount));
        return;
    case Fault::HalfFrameToSocket: {
        testkit::WebSocketFrame frame;
        frame.payload = garbage(m_script.seed, blow.amount);
        frame.claimedLength = 2 * blow.amount;
        m_wire.injectIntoWebSockets(Direction::ToClient, frame.bytes());
        return;
    }
    case Fault::GarbageToServer:
        m_wire.injectIntoWebSockets(Direction::ToServer, garbage(m_script.seed, blow.amount));
        return;
    case Fault::Impostor:
        m_wire.setImpostor(garbage(m_script.seed, blow.amount));
        m_wire.cutNow();
        return;
    case Fault::BadGateway:
        m_wire.setImpostor("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 21\r\n"
                           "Connection: close\r\n\r\n<h1>Bad Gateway!</h1>");
        m_wire.cutNow();
        return;
    case Fault::Freeze:
        m_wire.setFrozen(true);
        return;
    case Fault::RefuseConnections:
        m_wire.setAccepting(false);
        m_wire.cutNow();
        return;
    case Fault::LosePostAnswer:
        losePostAnswer(blow.amount);
        return;
    default:
        qFatal("not a fault of the wire");
    }
}

void Scenario::losePostAnswer(int afterMs)
{
    m_wire.setRewrite(Direction::ToServer, [this, afterMs](const QByteArray& bytes) {
        if (bytes.startsWith("POST ") && bytes.contains("/prompt HTTP")) {
            QTimer::singleShot(afterMs, Qt::PreciseTimer, &m_wire, [this] {
                say(QStringLiteral("after a POST: cut"));
                m_wire.setRewrite(Direction::ToServer, {});
                m_wire.cutNow();
            });
        }
        return bytes;
    });
}

void Scenario::beginInServer(const Blow& blow)
{
    demo::Faults& faults = m_server.faults;
    switch (blow.fault) {
    case Fault::RestartKeeping:
    case Fault::RestartForgetting:
        m_server.restart(blow.fault == Fault::RestartKeeping);
        m_wire.cutNow();
        return;
    case Fault::KillServer:
        m_server.kill();
        return;
    case Fault::SlowAnswers:
        faults.delayMs = blow.amount;
        break;
    case Fault::LatePostAnswer:
        faults.promptAnswerDelayMs = blow.amount;
        break;
    case Fault::RefusePrompts:
        faults.refusePrompts = true;
        break;
    case Fault::FailNode:
        faults.failNode = QStringLiteral("KSampler");
        break;
    case Fault::ServerError:
        faults.serverError = true;
        break;
    case Fault::ForgetHistory:
        faults.forgetHistory = true;
        break;
    default:
        qFatal("not a fault of the server");
    }
    m_server.applyFaults();
}

void Scenario::over(const Blow& blow)
{
    say(nameOf(blow.fault) + QStringLiteral(" is over"));
    switch (blow.fault) {
    case Fault::HalfOpen:
    case Fault::HalfOpenToServer:
    case Fault::HalfOpenToClient:
        m_wire.setHalfOpen(false);
        m_wire.resetNow(); // what vanished will not come again: the router forgets such connections
        return;
    case Fault::DelayToServer:
        m_wire.setDelay(Direction::ToServer, 0);
        return;
    case Fault::DelayToClient:
        m_wire.setDelay(Direction::ToClient, 0);
        return;
    case Fault::Impostor:
    case Fault::BadGateway:
        m_wire.setImpostor({});
        return;
    case Fault::Freeze:
        m_wire.setFrozen(false);
        return;
    case Fault::RefuseConnections:
        m_wire.setAccepting(true);
        return;
    case Fault::KillServer:
        if (!m_server.isUp()) {
            m_server.start();
            m_wire.setServerPort(quint16(m_server.url().port()));
        }
        return;
    case Fault::DiskFull:
        if (m_gesso) {
            m_gesso->setDiskSpace(-1);
        }
        return;
    case Fault::KillGesso:
        return; // it has been started
    default:
        m_server.faults = {};
        m_server.applyFaults();
    }
}

void Scenario::calm()
{
    say(QStringLiteral("calm"));
    for (const Direction direction : {Direction::ToServer, Direction::ToClient}) {
        m_wire.setDelay(direction, 0);
        m_wire.setRewrite(direction, {});
        m_wire.cutAfter(direction, -1);
    }
    m_wire.setHalfOpen(false);
    m_wire.setFrozen(false);
    m_wire.setImpostor({});
    m_wire.setAccepting(true);
    if (!m_script.isServerProcess) {
        m_server.faults = {};
        m_server.applyFaults();
    } else if (!m_server.isUp()) {
        m_server.start();
        m_wire.setServerPort(quint16(m_server.url().port()));
    }
    if (!m_gesso) {
        startGesso();
    }
    m_gesso->setDiskSpace(-1);
}

} // namespace gesso::chaos
