// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comfy/eventstream.h"

namespace gesso::testkit {

// A socket that says what the test tells it to.
class FakeEventStream : public EventStream
{
public:
    using EventStream::EventStream;

    QString clientId() const override { return QStringLiteral("fake-client"); }
    ConnectionState state() const override { return m_state; }
    QString stateReason() const override
    {
        return m_state == ConnectionState::Connected ? QString() : QStringLiteral("The cable is out.");
    }

    void send(const ComfyEvent& event) { Q_EMIT received(event); }

    void setState(ConnectionState state)
    {
        m_state = state;
        Q_EMIT stateChanged();
        if (state == ConnectionState::Connected) {
            Q_EMIT connected();
        }
    }

private:
    ConnectionState m_state = ConnectionState::Connected;
};

} // namespace gesso::testkit
