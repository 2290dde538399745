// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/stageviewmodel.h"

#include "core/run/etamodel.h"
#include "viewmodels/base/background.h"
#include "viewmodels/base/picturereader.h"
#include "viewmodels/runs/previewdecoder.h"
#include "viewmodels/runs/runtexts.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>
#include <QTimer>

namespace gesso {

namespace {

// At most one repaint of the progress line per two display frames.
constexpr int progressEveryMs = 33;

} // namespace

class StageViewModel::Private
{
public:
    explicit Private(StageViewModel* stage)
        : q(stage)
    {
        pool.setMaxThreadCount(1);
        sinceStart.start();
        progressTimer.setSingleShot(true);
        progressTimer.setInterval(progressEveryMs);
    }

    ~Private()
    {
        pool.clear();
        pool.waitForDone();
    }

    void onPreview(const PreviewFrame& frame);
    void onDecoded(const Picture& picture);
    void onResult(const QString& file, const QString& text, Result<Picture> picture);
    void setImage(Showing what, const Picture& picture, const QString& path, const QString& text);
    void onRunChanged(const PromptId& run);
    const RunState* state() const { return service ? service->state(run) : nullptr; }
    const RunRequest* request() const { return service ? service->request(run) : nullptr; }
    QString seedText() const;

    StageViewModel* q;
    QPointer<RunService> service;
    PromptId run;

    PreviewDecoder previews;
    quint64 epoch = 0; // counts up when the result being read must not be shown any more
    bool held = false; // a result was chosen: previews do not replace it

    Showing showing = Showing::Nothing;
    QImage image;
    QString imagePath;
    QString caption;
    quint64 frames = 0;
    QTimer progressTimer;
    QHash<PromptId, EtaModel> etas; // of all runs under way: any may be followed in the middle
    QElapsedTimer sinceStart;
    QThreadPool pool; // last: its thread ends before the rest goes
};

StageViewModel::StageViewModel(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->progressTimer, &QTimer::timeout, this, &StageViewModel::progressChanged);
    connect(&d->previews, &PreviewDecoder::decoded, this,
            [this](const Picture& picture) { d->onDecoded(picture); });
}

StageViewModel::~StageViewModel() = default;

void StageViewModel::setService(RunService* service)
{
    if (d->service) {
        d->service->disconnect(this);
    }
    d->service = service;
    d->run = {};
    d->etas.clear();
    ++d->epoch;
    d->previews.forget();
    if (service != nullptr) {
        connect(service, &RunService::preview, this,
                [this](const PreviewFrame& frame) { d->onPreview(frame); });
        connect(service, &RunService::changed, this, [this](const PromptId& run) { d->onRunChanged(run); });
        connect(service, &RunService::finished, this, [this](const PromptId& run) { d->onRunChanged(run); });
    }
    Q_EMIT progressChanged();
}

void StageViewModel::follow(const PromptId& run)
{
    d->held = false;
    if (run == d->run) {
        return;
    }
    d->run = run;
    ++d->epoch;
    d->previews.forget();
    Q_EMIT progressChanged();
}

PromptId StageViewModel::followed() const
{
    return d->run;
}

// --- previews ---

void StageViewModel::Private::onPreview(const PreviewFrame& frame)
{
    const RunState* now = state();
    if (frame.run != run || held || now == nullptr || isEnded(now->phase)) {
        return;
    }
    previews.offer(frame.image);
}

void StageViewModel::Private::onDecoded(const Picture& picture)
{
    ++frames;
    setImage(Showing::Preview, picture, {}, seedText());
}

QString StageViewModel::Private::seedText() const
{
    const RunRequest* made = request();
    return made != nullptr && made->seed ? StageViewModel::tr("seed %1").arg(made->seed->value) : QString();
}

// --- results ---

void StageViewModel::showResult(const QString& path, const QString& caption)
{
    d->held = true;
    d->previews.forget();
    const quint64 epoch = ++d->epoch;
    runInBackground(
        d->pool, this, [path] { return readPicture(path); },
        [this, epoch, path, caption](Result<Picture> picture) {
            if (epoch == d->epoch) {
                d->onResult(path, caption, std::move(picture));
            }
        });
}

void StageViewModel::showFinished(const PromptId& run, const QString& path, const QString& caption)
{
    if (run == d->run && !d->held) {
        showResult(path, caption);
        d->held = false;
    }
}

void StageViewModel::Private::onResult(const QString& file, const QString& text, Result<Picture> picture)
{
    if (picture) {
        setImage(Showing::Result, *picture, file, text);
    } else {
        Q_EMIT q->failed(picture.error());
    }
}

void StageViewModel::Private::setImage(Showing what, const Picture& picture, const QString& path,
                                       const QString& text)
{
    const QString size =
        QStringLiteral("%1 × %2").arg(picture.fullSize.width()).arg(picture.fullSize.height());
    const QString lead = what == Showing::Preview ? StageViewModel::tr("preview %1").arg(size) : size;
    showing = what;
    image = picture.image;
    imagePath = path;
    if (text.contains(size)) {
        caption = text;
    } else {
        caption = text.isEmpty() ? lead : QString(lead + QStringLiteral(" · ") + text);
    }
    Q_EMIT q->imageChanged();
}

void StageViewModel::clear()
{
    ++d->epoch;
    d->previews.forget();
    d->held = false;
    d->showing = Showing::Nothing;
    d->image = {};
    d->imagePath.clear();
    d->caption.clear();
    Q_EMIT imageChanged();
}

StageViewModel::Showing StageViewModel::showing() const
{
    return d->showing;
}
QImage StageViewModel::image() const
{
    return d->image;
}
QString StageViewModel::imagePath() const
{
    return d->imagePath;
}
QString StageViewModel::caption() const
{
    return d->caption;
}
quint64 StageViewModel::framesShown() const
{
    return d->frames;
}

// --- the progress line ---

void StageViewModel::Private::onRunChanged(const PromptId& changed)
{
    const RunState* now = service->state(changed);
    const bool ended = now == nullptr || isEnded(now->phase);
    if (ended) {
        etas.remove(changed);
    } else {
        etas[changed].observe(*now, sinceStart.elapsed());
    }
    if (changed != run) {
        return;
    }
    if (ended) {
        progressTimer.stop();
        previews.forget(); // a preview after the end would hide the result
        Q_EMIT q->progressChanged();
    } else if (!progressTimer.isActive()) {
        progressTimer.start();
    }
}

bool StageViewModel::isRunning() const
{
    const RunState* state = d->state();
    return state != nullptr && !isEnded(state->phase);
}

QString StageViewModel::nodeTitle() const
{
    const RunState* state = d->state();
    return state == nullptr ? QString() : runNodeTitle(*state, d->request());
}

QString StageViewModel::stepText() const
{
    const RunState* state = d->state();
    return state == nullptr ? QString() : runStepText(*state);
}

double StageViewModel::progress() const
{
    const RunState* state = d->state();
    const bool known =
        state != nullptr && (state->phase == RunPhase::Running || state->phase == RunPhase::Fetching);
    return known ? state->overall : -1;
}

QString StageViewModel::percentText() const
{
    const double fraction = progress();
    return fraction < 0 ? QString() : gesso::percentText(fraction);
}

QString StageViewModel::timeLeftText() const
{
    const auto eta = d->etas.constFind(d->run);
    const std::optional<TimeLeft> left =
        eta == d->etas.constEnd() ? std::nullopt : eta->timeLeft(d->sinceStart.elapsed());
    return left ? rangeText(left->low, left->high) : QString();
}

} // namespace gesso
