// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/mock/mockserver.h"

#include "tests/bench/mock/pictures.h"
#include "tests/bench/mock/wire.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

namespace gesso::bench {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kPreviewsAhead = 512 * 1024;
constexpr auto kStats = R"({"system": {"os": "linux", "ram_total": 68719476736, "ram_free": 34359738368,
"comfyui_version": "0.12.2", "python_version": "3.12", "pytorch_version": "2.9", "embedded_python": false, "argv": []},
"devices": [{"name": "cuda:0 mock", "type": "cuda", "index": 0, "vram_total": 25769803776, "vram_free": 21474836480,
"torch_vram_total": 0, "torch_vram_free": 0}]})";

long long epochMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

MockServer::MockServer(MockOptions options)
    : m_options(std::move(options))
    , m_jobs(
          m_options, [this](const std::string& id, std::string_view json) { tell(id, json); },
          [this](Job& job) { sendPreviews(job); })
    , m_result(resultPng(m_options.resultSide))
    , m_preview(m_options.previews > 0 || m_options.stepsHavePreviews ? previewJpeg(m_options.previewSide)
                                                                      : std::string())
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
}

MockServer::~MockServer()
{
    dropAll();
    reap();
    ::close(m_listener);
    ::close(m_epoll);
}

bool MockServer::listen()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(std::uint16_t(m_options.port));
    socklen_t length = sizeof address;
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, raw, length) != 0 || ::listen(m_listener, SOMAXCONN) != 0
        || ::getsockname(m_listener, raw, &length) != 0) {
        return false;
    }
    m_options.port = ntohs(address.sin_port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_listener;
    return epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_listener, &event) == 0;
}

void MockServer::serve()
{
    std::array<epoll_event, 64> events{};
    for (;;) {
        const int count = epoll_wait(m_epoll, events.data(), int(events.size()), waitMs());
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events.at(std::size_t(i));
            const auto found = m_connections.find(event.data.fd);
            if (event.data.fd == m_listener) {
                accept();
            } else if (found != m_connections.end() && (event.events & EPOLLOUT) != 0U) {
                m_dirty.insert(found->second.get());
            }
            if (found != m_connections.end() && (event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0U) {
                read(*found->second);
            }
        }
        const Instant now = std::chrono::steady_clock::now();
        const long endedBefore = m_jobs.ended();
        m_jobs.advance(now);
        if (m_options.outage != Outage::None && m_jobs.ended() != endedBefore) {
            std::printf("ended %lld\n", epochMs());
            std::fflush(stdout);
        }
        keepOutage(now);
        flushAll();
        reap();
    }
}

int MockServer::waitMs() const
{
    if (m_jobs.hasPreviewsToSend()) {
        const bool isBlocked = std::any_of(m_sockets.begin(), m_sockets.end(),
                                           [](const auto& socket) { return socket.second->waiting() > 0; });
        return isBlocked ? -1 : 0; // the end of a blockage is an event
    }
    std::optional<Instant> due = m_jobs.nextDue();
    const auto sooner = [&due](Instant other) { due = due ? std::min(*due, other) : other; };
    if (m_returns) {
        sooner(*m_returns);
    } else if (m_options.outage != Outage::None && !m_wasOut && m_jobs.firstStart()) {
        sooner(*m_jobs.firstStart() + std::chrono::milliseconds(m_options.outageAfterMs));
    }
    if (!due) {
        return -1;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - std::chrono::steady_clock::now());
    return int(std::max<long long>(0, left.count()));
}

void MockServer::accept()
{
    for (;;) {
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            return;
        }
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto connection = std::make_unique<Connection>();
        connection->fd = fd;
        m_connections[fd] = std::move(connection);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event);
    }
}

void MockServer::read(Connection& connection)
{
    std::array<char, kReadBytes> buffer{};
    for (;;) {
        const ssize_t count = ::recv(connection.fd, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count == 0 || (count < 0 && errno != EAGAIN)) {
            drop(connection);
            return;
        }
        if (count < 0) {
            break;
        }
        connection.in.append(buffer.data(), std::size_t(count));
        if (std::size_t(count) < buffer.size()) {
            break;
        }
    }
    while (connection.isSocket ? handleFrame(connection) : handleRequest(connection)) { }
}

bool MockServer::handleRequest(Connection& connection)
{
    const auto taken = takeRequest(connection.in);
    if (!taken) {
        return false;
    }
    m_dirty.insert(&connection);
    if (!taken->first.webSocketKey.empty()) {
        openSocket(connection, taken->first);
    } else {
        answer(connection, taken->first);
    }
    connection.in.erase(0, taken->second);
    return true;
}

void MockServer::answer(Connection& connection, const Request& request)
{
    constexpr std::string_view kHistory = "/history/";
    constexpr auto kJson = "application/json; charset=utf-8";
    const std::string_view path = request.path.substr(0, request.path.find('?'));
    std::string& out = connection.out;
    connection.closesAfterWriting = request.closes;
    if (path == "/prompt" && request.method == "POST") {
        const std::string answer = m_jobs.add(request.body);
        if (!m_options.answersFirst) {
            m_jobs.advance(std::chrono::steady_clock::now());
            flushAll(); // the frames are on their way before the answer is
        }
        appendAnswer(out, 200, kJson, answer);
    } else if (path.substr(0, kHistory.size()) == kHistory) {
        appendAnswer(out, 200, kJson, m_jobs.history(std::string(path.substr(kHistory.size()))));
    } else if (path == "/view") {
        appendAnswer(out, 200, "image/png", m_result);
    } else if (path == "/queue") {
        appendAnswer(out, 200, kJson, m_jobs.queue());
    } else if (path == "/object_info") {
        appendAnswer(out, 200, kJson,
                     {m_options.objectInfo.constData(), std::size_t(m_options.objectInfo.size())});
    } else if (path == "/system_stats") {
        appendAnswer(out, 200, kJson, kStats);
    } else {
        appendAnswer(out, 404, "text/plain", "404: Not Found");
    }
    m_dirty.insert(&connection);
}

void MockServer::openSocket(Connection& connection, const Request& request)
{
    constexpr std::string_view kClientId = "clientId=";
    const std::size_t at = request.path.find(kClientId);
    connection.clientId =
        at == std::string_view::npos ? "mock-client" : request.path.substr(at + kClientId.size());
    connection.isSocket = true;
    m_sockets[connection.clientId] = &connection;
    appendHandshake(connection.out, request.webSocketKey);
    appendFrame(connection.out, true, m_jobs.status(connection.clientId));
    if (m_jobs.runsFor(connection.clientId)) {
        appendFrame(connection.out, true, R"({"type": "executing", "data": {"node": "3"}})");
    }
}

bool MockServer::handleFrame(Connection& connection)
{
    const auto taken = takeFrame(connection.in);
    if (!taken) {
        return false;
    }
    connection.in.erase(0, taken->second);
    switch (taken->first.opcode) {
    case Opcode::Text:
        if (textMember(taken->first.payload, "type") == "feature_flags") {
            connection.wantsMetadata = true;
            appendFrame(connection.out, true,
                        R"({"type": "feature_flags", "data": {"supports_preview_metadata": true, )"
                        R"("max_upload_size": 104857600}})");
        }
        break;
    case Opcode::Ping:
        appendPong(connection.out, taken->first.payload);
        break;
    case Opcode::Close:
        connection.closesAfterWriting = true;
        break;
    default:
        break;
    }
    m_dirty.insert(&connection);
    return true;
}

void MockServer::tell(const std::string& clientId, std::string_view json)
{
    for (const auto& [id, connection] : m_sockets) {
        if (clientId.empty() || id == clientId) {
            appendFrame(connection->out, true, json);
            m_dirty.insert(connection);
        }
    }
}

void MockServer::sendPreviews(Job& job)
{
    const auto found = m_sockets.find(job.clientId);
    if (found == m_sockets.end()) {
        job.previewsLeft = 0; // nobody is listening
        return;
    }
    Connection& connection = *found->second;
    if (m_previewFrameOf != job.id) {
        const bool hasMetadata = m_options.hasPreviewMetadata && connection.wantsMetadata;
        m_previewFrame.clear();
        appendFrame(m_previewFrame, false, previewMessage(m_preview, hasMetadata ? job.id : std::string()));
        m_previewFrameOf = job.id;
    }
    while (job.previewsLeft > 0 && connection.waiting() < kPreviewsAhead) {
        connection.out += m_previewFrame;
        --job.previewsLeft;
    }
    m_dirty.insert(&connection);
}

void MockServer::flush(Connection& connection)
{
    while (connection.waiting() > 0) {
        const ssize_t count = ::send(connection.fd, connection.out.data() + connection.written,
                                     connection.waiting(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0 && errno != EAGAIN) {
            drop(connection);
            return;
        }
        if (count < 0) {
            break;
        }
        connection.written += std::size_t(count);
    }
    const bool isWaiting = connection.waiting() > 0;
    if (!isWaiting) {
        connection.out.clear();
        connection.written = 0;
    } else if (connection.written > kPreviewsAhead) {
        connection.out.erase(0, connection.written);
        connection.written = 0;
    }
    if (isWaiting != connection.isWatchedForWriting) {
        connection.isWatchedForWriting = isWaiting;
        epoll_event event{};
        event.events = EPOLLIN | (isWaiting ? EPOLLOUT : 0U);
        event.data.fd = connection.fd;
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, connection.fd, &event);
    }
    if (!isWaiting && connection.closesAfterWriting) {
        drop(connection);
    }
}

void MockServer::flushAll()
{
    for (Connection* connection : std::exchange(m_dirty, {})) {
        flush(*connection);
    }
}

// Deleted by reap(): its caller may be in the middle of it.
void MockServer::drop(Connection& connection)
{
    const auto socket = m_sockets.find(connection.clientId);
    if (socket != m_sockets.end() && socket->second == &connection) {
        m_sockets.erase(socket);
    }
    m_dropped.push_back(connection.fd);
}

void MockServer::dropAll()
{
    for (const auto& [fd, connection] : m_connections) {
        drop(*connection);
    }
}

void MockServer::reap()
{
    for (const int fd : std::exchange(m_dropped, {})) {
        const auto found = m_connections.find(fd);
        if (found != m_connections.end()) {
            m_dirty.erase(found->second.get());
            m_connections.erase(found);
            ::close(fd);
        }
    }
}

void MockServer::keepOutage(Instant now)
{
    if (m_returns) {
        if (*m_returns <= now) {
            m_returns.reset();
            listen();
            std::printf("returned %lld\n", epochMs());
            std::fflush(stdout);
        }
        return;
    }
    const auto first = m_jobs.firstStart();
    if (m_options.outage == Outage::None || m_wasOut || !first
        || now < *first + std::chrono::milliseconds(m_options.outageAfterMs)) {
        return;
    }
    m_wasOut = true;
    if (m_options.outage == Outage::Cut) {
        for (const auto& [id, connection] : std::exchange(m_sockets, {})) {
            drop(*connection);
        }
        std::printf("returned %lld\n", epochMs());
        std::fflush(stdout);
        return;
    }
    ::close(std::exchange(m_listener, -1));
    dropAll();
    if (m_options.outage == Outage::Restart) {
        m_jobs.forgetAll();
    }
    m_returns = now + std::chrono::milliseconds(m_options.outageMs);
}

} // namespace gesso::bench
