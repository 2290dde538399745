// SPDX-License-Identifier: GPL-3.0-or-later
// Shows that the thread sanitizer, with Qt's hand-overs told and the suppressions of tests/tsan.supp, still
// finds what it is for: each way of crossing threads is used once with a race and once without.
//   races pool|call|late|future|mutex [handed-over]
#include <QtConcurrentRun>

#include <QCoreApplication>
#include <QMutex>
#include <QThread>
#include <QThreadPool>

#include <atomic>
#include <cstdio>
#include <functional>
#include <map>
#include <string>

namespace {

// Waits without ordering anything: the sanitizer must not take the wait itself for a hand-over.
class Signal
{
public:
    void set() { m_isSet.store(true, std::memory_order_relaxed); }
    void wait() const
    {
        while (!m_isSet.load(std::memory_order_relaxed))
            QThread::yieldCurrentThread();
    }

private:
    std::atomic<bool> m_isSet = false;
};

// A thread with an event loop, as the demo server's worker has.
class Loop
{
public:
    Loop()
    {
        object.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Loop()
    {
        m_thread.quit();
        m_thread.wait();
    }

    QObject object;

private:
    QThread m_thread;
};

// A task of a pool and its starter, who may wait for it.
int pool(bool isHandedOver)
{
    int value = 0;
    Signal written;
    QThreadPool threads;
    threads.start([&] {
        value = 1;
        written.set();
    });
    written.wait();
    if (isHandedOver)
        threads.waitForDone();
    return ++value;
}

// A call queued to another thread, and the caller, who may wait for it.
int call(bool isHandedOver)
{
    int value = 0;
    Signal written;
    Loop loop;
    const auto write = [&] {
        value = 1;
        written.set();
    };
    QMetaObject::invokeMethod(&loop.object, write,
                              isHandedOver ? Qt::BlockingQueuedConnection : Qt::QueuedConnection);
    written.wait();
    return ++value;
}

// What the caller writes before, or only after it has queued the call.
int late(bool isHandedOver)
{
    int value = 0;
    int seen = 0;
    Signal begun;
    Signal written;
    {
        Loop loop;
        const auto read = [&] {
            begun.set();
            written.wait();
            seen = value;
        };
        if (isHandedOver)
            value = 1;
        QMetaObject::invokeMethod(&loop.object, read, Qt::QueuedConnection);
        begun.wait();
        if (!isHandedOver)
            value = 1;
        written.set();
    }
    return seen;
}

// What a future's task writes beside its result.
int future(bool isHandedOver)
{
    int value = 0;
    Signal written;
    QFuture<void> task = QtConcurrent::run([&] {
        value = 1;
        written.set();
    });
    written.wait();
    if (isHandedOver)
        task.waitForFinished();
    const int seen = ++value;
    task.waitForFinished();
    return seen;
}

// Two threads and a mutex that one of them may forget.
int mutex(bool isHandedOver)
{
    constexpr int rounds = 10'000;
    int value = 0;
    QMutex guard;
    QThreadPool threads;
    threads.start([&] {
        for (int i = 0; i < rounds; ++i) {
            const QMutexLocker lock(&guard);
            ++value;
        }
    });
    for (int i = 0; i < rounds; ++i) {
        if (isHandedOver)
            guard.lock();
        ++value;
        if (isHandedOver)
            guard.unlock();
    }
    threads.waitForDone();
    return value;
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const std::map<std::string, std::function<int(bool)>> ways = {
        {"pool", pool}, {"call", call}, {"late", late}, {"future", future}, {"mutex", mutex}};
    const auto way = argc > 1 ? ways.find(argv[1]) : ways.end();
    if (way == ways.end())
        return 2;
    std::printf("%d\n", way->second(argc > 2));
    return 0;
}
