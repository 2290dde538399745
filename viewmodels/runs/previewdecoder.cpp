// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/previewdecoder.h"

#include "viewmodels/base/background.h"

#include <QTimer>

#include <optional>

namespace gesso {

namespace {

constexpr int displayFrameMs = 16;

} // namespace

class PreviewDecoder::Private
{
public:
    explicit Private(PreviewDecoder* decoder)
        : q(decoder)
    {
        pool.setMaxThreadCount(1);
        sinceStart.setSingleShot(true);
        sinceStart.setTimerType(Qt::PreciseTimer);
        sinceStart.setInterval(displayFrameMs);
        connect(&sinceStart, &QTimer::timeout, q, [this] { decodeNext(); });
    }

    ~Private()
    {
        pool.clear();
        pool.waitForDone();
    }

    void decodeNext();
    void onDecoded(quint64 decodedFor, const Result<Picture>& picture);

    PreviewDecoder* const q;
    std::optional<QByteArray> waiting;
    bool isDecoding = false;
    quint64 epoch = 0; // counts up when what is being decoded must not be told any more
    QTimer sinceStart; // of the last picture: runs for one frame of the display
    QThreadPool pool; // last: its thread ends before the rest goes
};

void PreviewDecoder::Private::decodeNext()
{
    if (isDecoding || sinceStart.isActive() || !waiting) {
        return;
    }
    isDecoding = true;
    sinceStart.start();
    runInBackground(
        pool, q, [bytes = *std::exchange(waiting, std::nullopt)] { return decodePicture(bytes); },
        [this, decodedFor = epoch](const Result<Picture>& picture) { onDecoded(decodedFor, picture); });
}

void PreviewDecoder::Private::onDecoded(quint64 decodedFor, const Result<Picture>& picture)
{
    isDecoding = false;
    if (picture && decodedFor == epoch) {
        Q_EMIT q->decoded(*picture);
    }
    decodeNext();
}

PreviewDecoder::PreviewDecoder(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

PreviewDecoder::~PreviewDecoder() = default;

void PreviewDecoder::offer(const QByteArray& encoded)
{
    d->waiting = encoded;
    d->decodeNext();
}

void PreviewDecoder::forget()
{
    ++d->epoch;
    d->waiting.reset();
}

} // namespace gesso
