// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/trafficrecorder.h"

#include "core/base/json.h"
#include "core/base/secrets.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QMutex>
#include <QThreadPool>
#include <QUrlQuery>

#include <atomic>
#include <utility>

namespace gesso {
namespace {

constexpr int kMilliseconds = 1000;
constexpr qsizetype kMaxTextBytes = 4 * 1024 * 1024; // of a body that is no JSON

QString tr(const char* text)
{
    return QCoreApplication::translate("gesso::TrafficRecorder", text);
}

// JSON as it is, anything else as a string.
Json jsonOrText(const QByteArray& utf8)
{
    Result<Json> parsed = parseJson(utf8);
    if (parsed) {
        return withoutSecrets(std::move(*parsed));
    }
    return toJson(withoutSecrets(QString::fromUtf8(utf8.left(kMaxTextBytes))));
}

QString pathOf(const HttpRequest& request)
{
    QUrlQuery query;
    for (const auto& [name, value] : request.query) {
        query.addQueryItem(
            QString::fromLatin1(QUrl::toPercentEncoding(name)),
            QString::fromLatin1(QUrl::toPercentEncoding(isSecretName(name) ? QString(kRedacted) : value)));
    }
    return query.isEmpty() ? request.path : request.path + u'?' + query.toString(QUrl::FullyEncoded);
}

Json requestBody(const HttpRequest& request)
{
    if (!request.parts.isEmpty()) {
        Json parts = Json::array();
        for (const HttpPart& part : request.parts) {
            parts.push_back({{"name", toJson(part.name)}, {"bytes", part.bytes.size()}});
        }
        return {{"parts", std::move(parts)}};
    }
    return request.body.isEmpty() ? Json() : jsonOrText(request.body);
}

Json restEntry(const HttpRequest& request, const Result<HttpAnswer>& answer, qint64 tookMs)
{
    Json rest = {{"method", toJson(QString::fromLatin1(request.method))},
                 {"path", toJson(pathOf(request))},
                 {"request", requestBody(request)},
                 {"request_headers", nullptr}};
    if (answer) {
        rest["status"] = answer->status;
        rest["reason"] = toJson(answer->reason);
        rest["content_type"] = toJson(QString::fromLatin1(answer->contentType));
        if (!answer->body.isEmpty()) {
            Result<Json> parsed = parseJson(answer->body);
            rest[parsed ? "response" : "text"] =
                parsed ? withoutSecrets(std::move(*parsed)) : jsonOrText(answer->body);
        } else {
            rest["bytes"] = answer->bytes;
        }
    } else {
        rest["error"] = toJson(withoutSecrets(answer.error().message));
    }
    rest["took"] = double(tookMs) / kMilliseconds;
    return rest;
}

} // namespace

// Entries are made and written in a thread of its own, one after another.
class TrafficRecorder::Private
{
public:
    Private(const QString& path, qint64 limit, qint64 waitingLimit)
        : file(path)
        , maxBytes(limit)
        , maxWaiting(waitingLimit)
    {
        writer.setMaxThreadCount(1);
        clock.start();
    }

    // `make` builds the entry's members besides "t" from about so many bytes; it runs in the writer's thread.
    template <class Make> void add(qsizetype bytes, Make make)
    {
        if (isStopped) {
            return;
        }
        if (waiting > maxWaiting) { // the server is faster than the disk
            ++leftOut;
            return;
        }
        tellLeftOut();
        waiting += bytes;
        writer.start([this, t = now(), bytes, make = std::move(make)] {
            Json entry = {{"t", t}};
            entry.update(make());
            write(entry);
            waiting -= bytes;
        });
    }

    template <class Make> void addFrame(qsizetype bytes, Make make)
    {
        add(bytes, [client = client, make = std::move(make)] {
            Json entry = {{"client", toJson(client)}};
            entry.update(make());
            return entry;
        });
    }

    double now() const { return double(clock.elapsed()) / kMilliseconds; }
    void tellLeftOut();
    void write(const Json& entry);

    QFile file; // of the writer, once begun
    const qint64 maxBytes;
    const qint64 maxWaiting;
    std::atomic<qint64> waiting = 0; // bytes that are still to be written
    int leftOut = 0; // entries, in the caller's thread
    QElapsedTimer clock;
    QString client; // of the socket, in the caller's thread
    bool isStopped = false; // in the caller's thread
    bool isFirst = true;
    bool isFull = false;
    mutable QMutex mutex;
    std::optional<Error> error; // guarded
    QThreadPool writer; // last: waits for its work before the rest goes
};

void TrafficRecorder::Private::tellLeftOut()
{
    if (const int count = std::exchange(leftOut, 0); count > 0) {
        writer.start([this, t = now(), count] {
            write({{"t", t}, {"event", "left out, as the disk is too slow"}, {"count", count}});
        });
    }
}

void TrafficRecorder::Private::write(const Json& entry)
{
    if (isFull) {
        return;
    }
    QByteArray line = isFirst ? QByteArrayLiteral("[\n") : QByteArrayLiteral(",\n");
    const qint64 end = isFirst ? 0 : file.size() - 2; // over the last "\n]"
    line += writeJson(entry);
    isFull = end + line.size() > maxBytes;
    if (isFull) {
        line = (isFirst ? QByteArrayLiteral("[\n") : QByteArrayLiteral(",\n"))
            + QByteArrayLiteral(R"({"event":"recording ended: the file is as large as allowed"})");
    }
    isFirst = false;
    line += "\n]";
    if (!file.seek(end) || file.write(line) != line.size() || !file.flush()) {
        isFull = true;
        const QMutexLocker lock(&mutex);
        error = Error{ErrorKind::DiskError, tr("The recording %1 cannot be written.").arg(file.fileName()),
                      tr("Record into another folder."), file.errorString()};
    }
}

Result<std::shared_ptr<TrafficRecorder>> TrafficRecorder::start(const QString& path, qint64 maxBytes,
                                                                qint64 maxWaiting)
{
    auto priv = std::make_unique<Private>(path, maxBytes, maxWaiting);
    if (!priv->file.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
        return fail(ErrorKind::DiskError, tr("The recording %1 cannot be begun.").arg(path),
                    tr("Give a new file's name in a folder that can be written."), priv->file.errorString());
    }
    priv->file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // holds prompts
    return std::shared_ptr<TrafficRecorder>(new TrafficRecorder(std::move(priv)));
}

TrafficRecorder::TrafficRecorder(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

TrafficRecorder::~TrafficRecorder()
{
    stop();
}

void TrafficRecorder::stop()
{
    d->isStopped = true;
    d->tellLeftOut();
    d->writer.waitForDone();
}

QString TrafficRecorder::path() const
{
    return d->file.fileName();
}

std::optional<Error> TrafficRecorder::error() const
{
    const QMutexLocker lock(&d->mutex);
    return d->error;
}

void TrafficRecorder::socketOpened(const QUrl& url)
{
    const QUrl clean = withoutSecrets(url);
    d->client = QUrlQuery(clean).queryItemValue(QStringLiteral("clientId"), QUrl::FullyDecoded);
    const QString target = clean.path() + (clean.hasQuery() ? QString(u'?' + clean.query()) : QString());
    d->addFrame(target.size(), [target] {
        return Json{{"event", toJson(QStringLiteral("ws connect ") + target)}};
    });
}

void TrafficRecorder::socketClosed(const QString& reason)
{
    d->addFrame(reason.size(), [reason] {
        return Json{{"event", toJson(QStringLiteral("ws closed ") + reason)}};
    });
}

void TrafficRecorder::textSent(const QByteArray& utf8)
{
    d->addFrame(utf8.size(), [utf8] { return Json{{"sent", jsonOrText(utf8)}}; });
}

void TrafficRecorder::textReceived(const QByteArray& utf8)
{
    d->addFrame(utf8.size(), [utf8] { return Json{{"text", jsonOrText(utf8)}}; });
}

void TrafficRecorder::binaryReceived(const QByteArray& bytes)
{
    d->addFrame(bytes.size(), [bytes] { return Json{{"binary", bytes.toBase64().toStdString()}}; });
}

void TrafficRecorder::exchanged(const HttpRequest& request, const Result<HttpAnswer>& answer, qint64 tookMs)
{
    const qsizetype bytes = request.body.size() + (answer ? answer->body.size() : 0);
    d->add(bytes, [request, answer, tookMs] { return Json{{"rest", restEntry(request, answer, tookMs)}}; });
}

} // namespace gesso
