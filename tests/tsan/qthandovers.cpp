// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the thread sanitizer what it cannot see: where Qt, which distributions build without the sanitizer,
// hands something from one thread to another. Without this, all that crosses threads by a pool, a queued call
// or a contended mutex looks like a race; a suppression wide enough to hide that would hide our own races as
// well.
//
// Linked into every test of a thread sanitizer build. The definitions here win over those of the library,
// note the hand-over and go on to the library's. Each notes no more order than Qt promises in its
// documentation.
#include <QCoreApplication>
#include <QEvent>
#include <QFuture>
#include <QFutureInterface>
#include <QMetaObject>
#include <QMutex>
#include <QRunnable>
#include <QThread>
#include <QThreadPool>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstring>
#include <functional>
#include <utility>

#ifndef __SANITIZE_THREAD__
#error "only for builds with the thread sanitizer"
#endif

namespace {

// The library's own definition of what this file defines as well.
template <typename Function> Function original(const char* mangledName)
{
    void* const address = dlsym(RTLD_NEXT, mangledName);
    Function function = nullptr;
    static_assert(sizeof address == sizeof function);
    std::memcpy(&function, &address, sizeof function);
    return function;
}

// A call that another thread will make: it sees what the caller did before, and a caller that waits for it
// sees what it did.
class HandedCall final : public QtPrivate::QSlotObjectBase
{
public:
    explicit HandedCall(QtPrivate::QSlotObjectBase* call)
        : QSlotObjectBase(&handle)
        , m_call(call)
    {
        __tsan_release(this);
    }

private:
    static void handle(int which, QSlotObjectBase* base, QObject* receiver, void** arguments, bool*)
    {
        auto* const self = static_cast<HandedCall*>(base);
        __tsan_acquire(self);
        if (which == Call) {
            self->m_call->call(receiver, arguments);
            __tsan_release(self);
        } else if (which == Destroy) {
            self->m_call->destroyIfLastRef();
            delete self;
        }
    }

    QtPrivate::QSlotObjectBase* m_call;
};

// A task of a pool: it sees what was done before it was started and by the tasks that had ended in that pool,
// and who waits for the pool sees what it did.
class HandedTask final : public QRunnable
{
public:
    HandedTask(QThreadPool* pool, QRunnable* task)
        : m_pool(pool)
        , m_task(task)
    {
        __tsan_release(this);
    }

    ~HandedTask() override
    {
        __tsan_acquire(this);
        if (m_task && m_task->autoDelete()) // taken out of the pool by clear()
            delete m_task;
    }

    void run() override
    {
        __tsan_acquire(this);
        __tsan_acquire(m_pool);
        QRunnable* const task = std::exchange(m_task, nullptr);
        const bool isOurs = task->autoDelete();
        task->run();
        if (isOurs)
            delete task;
        __tsan_release(m_pool);
        __tsan_release(this);
    }

private:
    QThreadPool* m_pool;
    QRunnable* m_task;
};

// Future watchers are told by an event that does not name the future.
char futureEvents;

__attribute__((no_sanitize("thread"))) bool seeEvent(void** parameters) // whose event was made by the library
{
    const auto* const event = static_cast<const QEvent*>(parameters[1]);
    if (event->type() == QEvent::FutureCallOut)
        __tsan_acquire(&futureEvents);
    return false;
}

const bool isSeeingEvents = QInternal::registerCallback(QInternal::EventNotifyCallback, &seeEvent);

} // namespace

// Queued and blocking calls.

bool QMetaObject::invokeMethodImpl(QObject* object, QtPrivate::QSlotObjectBase* slot, Qt::ConnectionType type,
                                   void* returned)
{
    using Function = bool (*)(QObject*, QtPrivate::QSlotObjectBase*, Qt::ConnectionType, void*);
    static const auto next = original<Function>(
        "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv");
    if (object && object->thread() == QThread::currentThread() && type != Qt::QueuedConnection)
        return next(object, slot, type, returned);
    auto* const call = new HandedCall(slot);
    call->ref();
    const bool isCalled = next(object, call, type, returned);
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(call);
    call->destroyIfLastRef();
    return isCalled;
}

// Pools.

void QThreadPool::start(QRunnable* task, int priority)
{
    using Function = void (*)(QThreadPool*, QRunnable*, int);
    static const auto next = original<Function>("_ZN11QThreadPool5startEP9QRunnablei");
    next(this, task ? new HandedTask(this, task) : nullptr, priority);
}

void QThreadPool::start(std::function<void()> task, int priority)
{
    start(QRunnable::create(std::move(task)), priority);
}

bool QThreadPool::waitForDone(int milliseconds)
{
    using Function = bool (*)(QThreadPool*, int);
    static const auto next = original<Function>("_ZN11QThreadPool11waitForDoneEi");
    const bool isDone = next(this, milliseconds);
    if (isDone)
        __tsan_acquire(this);
    return isDone;
}

// The destructor of a pool waits for its tasks. By its symbol: defining it in C++ would bring Qt's virtual
// table along.
extern "C" void gessoEndPool(QThreadPool* pool) asm("_ZN11QThreadPoolD1Ev");
extern "C" void gessoEndPool(QThreadPool* pool)
{
    using Function = void (*)(QThreadPool*);
    static const auto next = original<Function>("_ZN11QThreadPoolD1Ev");
    next(pool);
    __tsan_acquire(pool);
}

// Threads.

void QThread::start(Priority priority)
{
    using Function = void (*)(QThread*, Priority);
    static const auto next = original<Function>("_ZN7QThread5startENS_8PriorityE");
    if (!isRunning()) {
        const auto end = [this] { __tsan_release(this); };
        connect(this, &QThread::finished, this, end,
                Qt::ConnectionType(Qt::DirectConnection | Qt::SingleShotConnection));
    }
    next(this, priority);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    using Function = bool (*)(QThread*, QDeadlineTimer);
    static const auto next = original<Function>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool isOver = next(this, deadline);
    if (isOver)
        __tsan_acquire(this);
    return isOver;
}

// Futures.

void QFutureInterfaceBase::reportFinished()
{
    using Function = void (*)(QFutureInterfaceBase*);
    static const auto next = original<Function>("_ZN20QFutureInterfaceBase14reportFinishedEv");
    __tsan_release(&mutex());
    __tsan_release(&futureEvents);
    next(this);
}

void QFutureInterfaceBase::waitForFinished()
{
    using Function = void (*)(QFutureInterfaceBase*);
    static const auto next = original<Function>("_ZN20QFutureInterfaceBase15waitForFinishedEv");
    next(this);
    __tsan_acquire(&mutex());
}

// What is chained to a future is called, and dropped, by the thread that finishes it.

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase&)> next)
{
    using Function = void (*)(QFutureInterfaceBase*, std::function<void(const QFutureInterfaceBase&)>);
    static const auto set =
        original<Function>("_ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EE");
    __tsan_release(&mutex());
    set(this, std::move(next));
}

void QFutureInterfaceBase::setContinuation(std::function<void(const QFutureInterfaceBase&)> next,
                                           QFutureInterfaceBasePrivate* future)
{
    using Function = void (*)(QFutureInterfaceBase*, std::function<void(const QFutureInterfaceBase&)>,
                              QFutureInterfaceBasePrivate*);
    static const auto set = original<Function>(
        "_ZN20QFutureInterfaceBase15setContinuationESt8functionIFvRKS_EEP27QFutureInterfaceBasePrivate");
    __tsan_release(&mutex());
    set(this, std::move(next), future);
}

void QFutureInterfaceBase::runContinuation() const
{
    using Function = void (*)(const QFutureInterfaceBase*);
    static const auto run = original<Function>("_ZNK20QFutureInterfaceBase15runContinuationEv");
    __tsan_acquire(&mutex());
    run(this);
}

void QFutureInterfaceBase::cleanContinuation()
{
    using Function = void (*)(QFutureInterfaceBase*);
    static const auto clean = original<Function>("_ZN20QFutureInterfaceBase17cleanContinuationEv");
    if (d)
        __tsan_acquire(&mutex());
    clean(this);
}

// The last to let go of a future's results destroys them.

bool QFutureInterfaceBase::derefT() const noexcept
{
    using Function = bool (*)(const QFutureInterfaceBase*);
    static const auto next = original<Function>("_ZNK20QFutureInterfaceBase6derefTEv");
    if (d) {
        __tsan_release(&mutex());
        __tsan_acquire(&mutex());
    }
    return next(this);
}

// Mutexes: the header's quick way is seen, the library's way of waiting is not.

void QBasicMutex::lockInternal() QT_MUTEX_LOCK_NOEXCEPT
{
    using Function = void (*)(QBasicMutex*);
    static const auto next = original<Function>("_ZN11QBasicMutex12lockInternalEv");
    next(this);
    __tsan_acquire(this);
}

bool QBasicMutex::lockInternal(int milliseconds) QT_MUTEX_LOCK_NOEXCEPT
{
    using Function = bool (*)(QBasicMutex*, int);
    static const auto next = original<Function>("_ZN11QBasicMutex12lockInternalEi");
    const bool isLocked = next(this, milliseconds);
    if (isLocked)
        __tsan_acquire(this);
    return isLocked;
}

void QBasicMutex::unlockInternal() noexcept
{
    using Function = void (*)(QBasicMutex*);
    static const auto next = original<Function>("_ZN11QBasicMutex14unlockInternalEv");
    __tsan_release(this);
    next(this);
}
