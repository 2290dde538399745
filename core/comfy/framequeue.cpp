// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/framequeue.h"

#include "core/base/log.h"
#include "core/comfy/eventdecoder.h"

#include <QPointer>
#include <QtConcurrentRun>

namespace gesso {
namespace {

bool isDecodedHere(const FrameQueue::Frame& frame)
{
    return frame.bytes.size() <= FrameQueue::kDecodedHere || (!frame.isText && isPreviewFrame(frame.bytes));
}

Result<ComfyEvent> decode(const FrameQueue::Frame& frame)
{
    return frame.isText ? decodeTextFrame(frame.bytes) : decodeBinaryFrame(frame.bytes);
}

} // namespace

FrameQueue::FrameQueue(QObject* parent)
    : QObject(parent)
{
    connect(&m_worker, &QFutureWatcherBase::finished, this, [this] {
        m_isWorking = false;
        const QPointer<FrameQueue> self(this);
        deliver(m_worker.result());
        if (self) {
            decodeNext();
        }
    });
}

FrameQueue::~FrameQueue() = default;

bool FrameQueue::push(const Frame& frame)
{
    if (m_waitingBytes + frame.bytes.size() > kMaxWaiting) {
        return false;
    }
    if (!m_isWorking && m_waiting.isEmpty() && isDecodedHere(frame)) {
        deliver(decode(frame));
        return true;
    }
    m_waiting.enqueue(frame);
    m_waitingBytes += frame.bytes.size();
    decodeNext();
    return true;
}

void FrameQueue::decodeNext()
{
    const QPointer<FrameQueue> self(this);
    while (self && !m_isWorking && !m_waiting.isEmpty()) {
        const Frame frame = m_waiting.dequeue();
        m_waitingBytes -= frame.bytes.size();
        if (isDecodedHere(frame)) {
            deliver(decode(frame));
        } else {
            m_isWorking = true;
            m_worker.setFuture(QtConcurrent::run(decode, frame));
        }
    }
}

void FrameQueue::deliver(const Result<ComfyEvent>& event)
{
    if (event) {
        Q_EMIT decoded(*event);
    } else {
        log::warning(log::Category::Comfy, event.error().message + QLatin1Char(' ') + event.error().detail);
    }
}

} // namespace gesso
