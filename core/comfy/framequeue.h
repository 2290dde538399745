// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/comfy/comfyevent.h"

#include <QFutureWatcher>
#include <QObject>
#include <QQueue>

namespace gesso {

// Turns frames into events in the order they came: small ones and previews at once, other large ones in a
// worker thread while those behind them wait. A frame that cannot be understood is logged and left out.
class FrameQueue : public QObject
{
    Q_OBJECT

public:
    struct Frame {
        bool isText = true;
        QByteArray bytes;
    };
    static constexpr qsizetype kDecodedHere = 64 * 1024; // decodes in well under a millisecond
    static constexpr qsizetype kMaxWaiting = 128 * 1024 * 1024;

    explicit FrameQueue(QObject* parent = nullptr);
    ~FrameQueue() override;

    // False if too much is waiting already: the sender is faster than this machine, or hostile.
    bool push(const Frame& frame);

Q_SIGNALS:
    void decoded(const gesso::ComfyEvent& event);

private:
    void decodeNext();
    void deliver(const Result<ComfyEvent>& event);

    QQueue<Frame> m_waiting;
    qsizetype m_waitingBytes = 0;
    QFutureWatcher<Result<ComfyEvent>> m_worker;
    bool m_isWorking = false;
};

} // namespace gesso
