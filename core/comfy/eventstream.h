// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/comfyevent.h"

#include <QObject>

namespace gesso {

enum class ConnectionState { Disconnected, Connecting, Connected, Reconnecting };

// A server's socket as a stream of events. Implemented by ComfySocket; faked in tests.
class EventStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual QString clientId() const = 0;
    virtual ConnectionState state() const = 0;
    virtual QString stateReason() const = 0; // plain words; empty when connected

Q_SIGNALS:
    void received(const gesso::ComfyEvent& event);
    void stateChanged();
    void connected(); // also after each reconnect: time to reconcile
};

} // namespace gesso
