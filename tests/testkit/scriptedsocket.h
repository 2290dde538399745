// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/scriptedserver.h"

#include <QByteArray>

namespace gesso::testkit {

// What a ScriptedServer says to be taken for the server of a WebSocket.
QByteArray socketAccepted(const ScriptedServer::Request& handshake);
QByteArray textFrame(const QByteArray& utf8); // whole, its length in as few bytes as can be
QByteArray closeFrame(quint16 code, const QByteArray& reason); // at most 123 bytes of reason

} // namespace gesso::testkit
