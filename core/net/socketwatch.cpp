// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/socketwatch.h"

namespace gesso {

SocketWatch::SocketWatch(curl_socket_t socket, QObject* parent)
    : QObject(parent)
    , m_read(qintptr(socket), QSocketNotifier::Read)
    , m_write(qintptr(socket), QSocketNotifier::Write)
{
    watch(CURL_POLL_NONE);
    connect(&m_read, &QSocketNotifier::activated, this, [this] { Q_EMIT ready(CURL_CSELECT_IN); });
    connect(&m_write, &QSocketNotifier::activated, this, [this] { Q_EMIT ready(CURL_CSELECT_OUT); });
}

void SocketWatch::watch(int what)
{
    m_read.setEnabled(what == CURL_POLL_IN || what == CURL_POLL_INOUT);
    m_write.setEnabled(what == CURL_POLL_OUT || what == CURL_POLL_INOUT);
}

} // namespace gesso
