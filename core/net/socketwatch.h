// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <curl/curl.h>

#include <QObject>
#include <QSocketNotifier>

namespace gesso {

// Waits for one socket of libcurl's to become readable or writable, whichever libcurl asks for.
class SocketWatch final : public QObject
{
    Q_OBJECT

public:
    explicit SocketWatch(curl_socket_t socket, QObject* parent = nullptr);

    void watch(int what); // CURL_POLL_IN, _OUT, _INOUT, _REMOVE

Q_SIGNALS:
    void ready(int events); // CURL_CSELECT_IN or _OUT

private:
    QSocketNotifier m_read;
    QSocketNotifier m_write;
};

} // namespace gesso
