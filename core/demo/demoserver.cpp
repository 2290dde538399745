// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/demoserver.h"

#include "core/demo/demohub.h"
#include "core/demo/folders.h"
#include "core/demo/samplepictures.h"

#include <QMutex>
#include <QTemporaryDir>
#include <QThread>

namespace gesso::demo {

class DemoServer::Private
{
public:
    // Runs in the server's thread and waits for it. The thread's own event loop is never blocked by a caller.
    template <typename Function> void inThread(Function function)
    {
        QMetaObject::invokeMethod(hub.get(), function, Qt::BlockingQueuedConnection);
    }

    void stop()
    {
        if (hub) {
            DemoHub* running = hub.release();
            QMetaObject::invokeMethod(
                running, [running] { delete running; }, Qt::BlockingQueuedConnection);
        }
        thread.quit();
        thread.wait();
        url.clear();
        temporary.reset();
    }

    mutable QMutex mutex; // guards all below
    QThread thread;
    std::unique_ptr<DemoHub> hub;
    std::unique_ptr<QTemporaryDir> temporary;
    QString folder;
    QUrl url;
    Faults faults;
};

DemoServer::DemoServer()
    : d(std::make_unique<Private>())
{
}

DemoServer::~DemoServer()
{
    stop();
}

Result<QUrl> DemoServer::start(const DemoOptions& options)
{
    const QMutexLocker lock(&d->mutex);
    d->stop();
    d->folder = options.folder;
    if (d->folder.isEmpty()) {
        d->temporary = std::make_unique<QTemporaryDir>();
        d->folder = d->temporary->path();
    }
    const Result<Folders> folders = Folders::create(d->folder);
    if (!folders) {
        return fail(folders.error());
    }

    d->thread.setObjectName(QStringLiteral("demo server"));
    d->thread.start();
    Result<quint16> port = 0;
    QObject inServerThread;
    inServerThread.moveToThread(&d->thread);
    QMetaObject::invokeMethod(
        &inServerThread,
        [&] {
            d->hub = std::make_unique<DemoHub>(options, *folders);
            d->hub->setFaults(d->faults);
            port = d->hub->listen(options.port);
            // Not while the caller waits; requests that come meanwhile find the pictures there.
            QMetaObject::invokeMethod(
                d->hub.get(), [folders] { addSamplePictures(*folders); }, Qt::QueuedConnection);
        },
        Qt::BlockingQueuedConnection);
    if (!port) {
        d->stop();
        return fail(port.error());
    }
    d->url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(*port));
    return d->url;
}

void DemoServer::stop()
{
    const QMutexLocker lock(&d->mutex);
    d->stop();
}

bool DemoServer::isRunning() const
{
    return d->hub != nullptr;
}

QUrl DemoServer::url() const
{
    return d->url;
}

QString DemoServer::folder() const
{
    return d->folder;
}

void DemoServer::setFaults(const Faults& faults)
{
    const QMutexLocker lock(&d->mutex);
    d->faults = faults;
    if (d->hub) {
        d->inThread([this, faults] { d->hub->setFaults(faults); });
    }
}

void DemoServer::restart(bool keepHistory)
{
    const QMutexLocker lock(&d->mutex);
    if (d->hub) {
        d->inThread([this, keepHistory] { d->hub->restart(keepHistory); });
    }
}

} // namespace gesso::demo
