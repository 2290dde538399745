// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interruptwatcher.h"

#include "app/cli/exitcodes.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace gesso::cli {

#ifdef Q_OS_UNIX
namespace {

// Written in a signal handler, so plain integers: the write end of the pipe, and how often it was asked.
std::array<int, 2> g_pipe{-1, -1};
volatile std::sig_atomic_t g_count = 0;

extern "C" void onSignal(int)
{
    g_count = g_count + 1;
    if (g_count > 1) {
        _exit(toInt(ExitCode::Cancelled));
    }
    const char byte = 1;
    [[maybe_unused]] const auto written = write(g_pipe[1], &byte, 1);
}

} // namespace

InterruptWatcher::InterruptWatcher(QObject* parent)
    : QObject(parent)
{
    if (pipe(g_pipe.data()) != 0) {
        return; // the signals keep their default: the process ends
    }
    for (const int end : g_pipe) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    m_notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &InterruptWatcher::drain);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

InterruptWatcher::~InterruptWatcher()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    for (int& end : g_pipe) {
        if (end >= 0) {
            close(end);
        }
        end = -1;
    }
}

void InterruptWatcher::drain()
{
    char byte = 0;
    while (read(g_pipe[0], &byte, 1) == 1) { }
    Q_EMIT interrupted();
}

#else

InterruptWatcher::InterruptWatcher(QObject* parent)
    : QObject(parent)
{
}

InterruptWatcher::~InterruptWatcher() = default;

void InterruptWatcher::drain()
{
    Q_EMIT interrupted();
}

#endif

} // namespace gesso::cli
