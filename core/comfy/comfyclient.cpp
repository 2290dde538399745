// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/comfy/comfyclient.h"

#include "core/net/httperrors.h"
#include "core/workflow/foreigntext.h"

#include <QCoroFuture>
#include <QPointer>
#include <QtConcurrentRun>

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kNodesHere = 50; // larger prompts are written off this thread
constexpr qsizetype kHandledHere = 32 * 1024; // larger answers are parsed off this thread

HttpRequest get(const QString& path, const HttpLimits& limits)
{
    HttpRequest request;
    request.path = path;
    request.limits = limits;
    return request;
}

HttpRequest post(const QString& path, const QByteArray& json, const HttpLimits& limits)
{
    HttpRequest request = get(path, limits);
    request.method = QByteArrayLiteral("POST");
    request.contentType = QByteArrayLiteral("application/json");
    request.body = json;
    return request;
}

QString segment(const QString& text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

// What an answer is made into. Coroutines below are free functions: an answer that is still being parsed when
// the client is destroyed must not need it.
struct Route {
    QString host;
    QString name; // "GET /queue"
};

Route routeOf(const HttpClient& http, const HttpRequest& request)
{
    return {http.host(), QString::fromLatin1(request.method) + QLatin1Char(' ') + request.path};
}

Error notJson(const Route& route, const Error& cause)
{
    return {ErrorKind::Protocol,
            ComfyClient::tr("%1 did not answer %2 with JSON.").arg(route.host, route.name),
            ComfyClient::tr("Check that the address is that of a ComfyUI server."), cause.message};
}

template <typename T> using Decoder = Result<T> (*)(const Json&);

template <typename T> Result<T> decodeBody(const QByteArray& body, const Route& route, Decoder<T> decode)
{
    JsonLimits limits;
    limits.maxBytes = body.size(); // the route's own cap has been kept
    const Result<Json> json = parseJson(body, limits);
    if (!json) {
        return fail(notJson(route, json.error()));
    }
    return decode(*json);
}

template <typename T>
QCoro::Task<Result<T>> decoded(Result<HttpAnswer> answer, Route route, Decoder<T> decode)
{
    if (!answer) {
        co_return fail(answer.error());
    }
    if (!answer->isSuccess()) {
        co_return fail(statusError(route.host, route.name, *answer));
    }
    const QByteArray body = answer->body;
    if (body.size() <= kHandledHere) {
        co_return decodeBody(body, route, decode);
    }
    co_return co_await QtConcurrent::run(decodeBody<T>, body, route, decode);
}

Result<void> succeeded(const Result<HttpAnswer>& answer, const Route& route)
{
    if (!answer) {
        return fail(answer.error());
    }
    if (!answer->isSuccess()) {
        return fail(statusError(route.host, route.name, *answer));
    }
    return {};
}

// About one file the answers mean other things than about the server: this one is gone, or lies outside the
// folders that it gives out.
Error fileError(const Route& route, const QString& name, const HttpAnswer& answer)
{
    constexpr int kForbidden = 403;
    constexpr int kNotFound = 404;
    Error error = statusError(route.host, route.name, answer);
    if (answer.status == kNotFound) {
        error.message = ComfyClient::tr("%1 no longer has the file %2.").arg(route.host, name);
        error.hint = ComfyClient::tr("Look into the server's output folder, or generate again.");
    } else if (answer.status == kForbidden) {
        error.kind = ErrorKind::NotFound;
        error.message = ComfyClient::tr("%1 does not give out the file %2 (403 %3).")
                            .arg(route.host, name, answer.reason);
        error.hint = ComfyClient::tr("It may lie outside the server's output folder: look for it there.");
    }
    return error;
}

// A login page or a proxy's in place of a picture.
bool isPageInstead(const HttpAnswer& answer, const QString& fileName)
{
    const bool mayBePage = fileName.endsWith(QLatin1String(".html"), Qt::CaseInsensitive)
        || fileName.endsWith(QLatin1String(".htm"), Qt::CaseInsensitive);
    return !mayBePage && answer.contentType.trimmed().toLower().startsWith("text/html");
}

QByteArray submitBody(const SubmitRequest& request)
{
    Json extraData = Json::object();
    if (!request.workflow.is_null()) {
        extraData["extra_pnginfo"] = Json{{"workflow", request.workflow}};
    }
    Json body = Json::object();
    body["prompt"] = toJson(request.prompt);
    body["client_id"] = toJson(request.clientId);
    body["prompt_id"] = toJson(request.promptId.toString());
    body["extra_data"] = std::move(extraData);
    if (request.front) {
        body["front"] = true;
    }
    return writeJson(body);
}

Result<Json> decodeObject(const Json& body)
{
    if (!body.is_object()) {
        return fail(ErrorKind::Protocol, ComfyClient::tr("The server's answer is not an object."));
    }
    return body;
}

// {"<id>": entry}, or {} for a run the server does not know.
Result<std::optional<HistoryEntry>> decodeHistory(const Json& body)
{
    const Result<Json> object = decodeObject(body);
    if (!object) {
        return fail(object.error());
    }
    if (body.empty()) {
        return std::optional<HistoryEntry>();
    }
    const auto first = body.items().begin();
    const Result<HistoryEntry> entry =
        decodeHistoryEntry(PromptId(QString::fromStdString(first.key())), first.value());
    if (!entry) {
        return fail(entry.error());
    }
    return std::optional(*entry);
}

QList<std::pair<QByteArray, QByteArray>> headersFor(const ViewRange& range)
{
    if (range.from <= 0 || !range.version.canBeResumed()) {
        return {};
    }
    // The date first: servers on aiohttp take no notice of an ETag here.
    const QByteArray condition =
        range.version.lastModified.isEmpty() ? range.version.etag : range.version.lastModified;
    // It was kept in a file: a line end in it would begin a header of its own.
    const bool isHeader = std::all_of(condition.begin(), condition.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
    });
    if (!isHeader) {
        return {};
    }
    return {{"Range", "bytes=" + QByteArray::number(range.from) + '-'}, {"If-Range", condition}};
}

// A route that does not exist is a 404 too, but has no JSON to say of which job.
JobState decodeJobState(int status, const QByteArray& body)
{
    const Result<Json> json = parseJson(body);
    if (!json || !json->is_object()) {
        return JobState::Unknown;
    }
    if (status == 404) {
        return json->contains("error") ? JobState::Absent : JobState::Unknown;
    }
    const QString name = status == 200 ? stringMember(*json, "status") : QString();
    if (name == QLatin1String("pending")) {
        return JobState::Waiting;
    }
    if (name == QLatin1String("in_progress")) {
        return JobState::Running;
    }
    const QStringList ends{QStringLiteral("completed"), QStringLiteral("failed"),
                           QStringLiteral("cancelled")};
    return ends.contains(name) ? JobState::Ended : JobState::Unknown;
}

// GET /models: names; GET /models/{folder}: file names.
Result<QStringList> decodeNames(const Json& body)
{
    if (!body.is_array()) {
        return fail(ErrorKind::Protocol,
                    ComfyClient::tr("The server's list of models cannot be understood."));
    }
    QStringList names;
    for (const Json& name : body) {
        if (name.is_string()) {
            names += toQString(name);
        }
    }
    return names;
}

} // namespace

ComfyClient::ComfyClient(QUrl base, QString bearerToken, QObject* parent, ComfyClientLimits limits)
    : QObject(parent)
    , m_http(std::move(base), Auth(bearerToken))
    , m_limits(std::move(limits))
{
}

ComfyClient::~ComfyClient()
{
    m_http.abortAll();
}

void ComfyClient::setTap(std::shared_ptr<TrafficTap> tap)
{
    m_http.setTap(std::move(tap));
}

QCoro::Task<Result<SystemStats>> ComfyClient::systemStats(CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/system_stats"), m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeSystemStats);
}

QCoro::Task<Result<Json>> ComfyClient::features(CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/features"), m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeObject);
}

QCoro::Task<Result<QByteArray>> ComfyClient::objectInfo(CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/object_info"), m_limits.objectInfo);
    const Route route = routeOf(m_http, request);
    Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    if (const Result<void> ok = succeeded(answer, route); !ok) {
        co_return fail(ok.error());
    }
    co_return std::move(answer->body);
}

QCoro::Task<Result<SubmitOutcome>> ComfyClient::submit(SubmitRequest submitRequest, CancelToken cancel)
{
    const QPointer<ComfyClient> self(this);
    // Workflows of some megabytes exist: write them off this thread.
    const bool isSmall = submitRequest.workflow.is_null() && submitRequest.prompt.nodes.size() <= kNodesHere;
    QByteArray body;
    if (isSmall) {
        body = submitBody(submitRequest);
    } else {
        body = co_await QtConcurrent::run(submitBody, submitRequest);
    }
    if (!self) {
        co_return fail(ErrorKind::Cancelled, tr("The connection was closed before the prompt was sent."));
    }
    const HttpRequest request = post(QStringLiteral("/prompt"), body, m_limits.submit);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    if (answer && answer->status == 400) {
        const Result<Json> refusal = decodeBody(answer->body, route, decodeObject);
        if (!refusal) { // a proxy's page, not the server's refusal
            co_return fail(statusError(route.host, route.name, *answer));
        }
        co_return SubmitOutcome(decodeRefusal(*refusal));
    }
    const Result<SubmitAnswer> accepted = co_await decoded(answer, route, decodeSubmitAnswer);
    if (!accepted) {
        co_return fail(accepted.error());
    }
    co_return SubmitOutcome(*accepted);
}

QCoro::Task<Result<QueueState>> ComfyClient::queue(CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/queue"), m_limits.history); // items hold whole prompts
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeQueue);
}

QCoro::Task<Result<std::optional<HistoryEntry>>> ComfyClient::history(PromptId id, CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/history/") + segment(id.toString()), m_limits.history);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeHistory);
}

QCoro::Task<JobState> ComfyClient::job(PromptId id, CancelToken cancel)
{
    const HttpRequest request = get(QStringLiteral("/api/jobs/") + segment(id.toString()), m_limits.history);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return answer ? decodeJobState(answer->status, answer->body) : JobState::Unknown;
}

QCoro::Task<Result<void>> ComfyClient::interrupt(PromptId id, CancelToken cancel)
{
    Json body = Json::object();
    if (!id.isEmpty()) {
        body["prompt_id"] = toJson(id.toString());
    }
    const HttpRequest request = post(QStringLiteral("/interrupt"), writeJson(body), m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return succeeded(answer, route);
}

QCoro::Task<Result<void>> ComfyClient::deleteQueued(QList<PromptId> ids, CancelToken cancel)
{
    Json list = Json::array();
    for (const PromptId& id : ids) {
        list.push_back(toJson(id.toString()));
    }
    const HttpRequest request =
        post(QStringLiteral("/queue"), writeJson(Json{{"delete", list}}), m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return succeeded(answer, route);
}

QCoro::Task<Result<UploadedFile>> ComfyClient::upload(UploadRequest file, CancelToken cancel)
{
    HttpRequest request = get(QStringLiteral("/upload/image"), m_limits.upload);
    request.method = QByteArrayLiteral("POST");
    request.parts +=
        {QStringLiteral("image"), file.bytes, file.name, QByteArrayLiteral("application/octet-stream")};
    request.parts += {QStringLiteral("type"), file.type.toUtf8(), {}, {}};
    if (!file.subfolder.isEmpty()) {
        request.parts += {QStringLiteral("subfolder"), file.subfolder.toUtf8(), {}, {}};
    }
    if (file.overwrite) {
        request.parts += {QStringLiteral("overwrite"), QByteArrayLiteral("true"), {}, {}};
    }
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeUpload);
}

QCoro::Task<Result<qint64>> ComfyClient::view(OutputItem file, ByteSink sink, CancelToken cancel,
                                              ViewRange range)
{
    const QPointer<ComfyClient> self(this);
    HttpRequest request = get(QStringLiteral("/view"), m_limits.view);
    request.query = {{QStringLiteral("filename"), file.filename},
                     {QStringLiteral("subfolder"), file.subfolder},
                     {QStringLiteral("type"), file.type}};
    request.headers = headersFor(range);
    const Route route = routeOf(m_http, request);
    for (;;) {
        const auto head = std::make_shared<std::optional<ViewHead>>();
        const auto isUnusable = std::make_shared<bool>(false);
        const auto isPage = std::make_shared<bool>(false);
        request.onHead = [head, isUnusable, isPage, name = file.filename, range](const HttpAnswer& answer) {
            *isPage = isPageInstead(answer, name);
            if (*isPage) {
                return false;
            }
            *head = viewHeadOf(answer, range);
            *isUnusable = !*head;
            return *head && (!range.onHead || range.onHead(**head));
        };
        const Result<HttpAnswer> answer = co_await m_http.stream(request, sink, cancel);
        constexpr int kRangeNotSatisfiable = 416;
        const bool isRefused = *isUnusable || (answer && answer->status == kRangeNotSatisfiable);
        if (isRefused && self && !request.headers.isEmpty()) {
            request.headers.clear(); // the whole file then
            range.from = 0;
            continue;
        }
        const QString name = foreignText(file.filename);
        if (*isPage) {
            co_return fail(ErrorKind::Protocol,
                           tr("%1 sent a web page in place of the file %2.").arg(route.host, name),
                           tr("Something on the way may want a login: open the server in a browser."));
        }
        if (*isUnusable) {
            co_return fail(
                ErrorKind::Protocol,
                tr("%1 sent another part of the file %2 than was asked for.").arg(route.host, name),
                tr("Try again; if it stays so, copy the file from the server's output folder."));
        }
        if (!answer) {
            co_return fail(answer.error());
        }
        if (!answer->isSuccess()) {
            co_return fail(fileError(route, name, *answer));
        }
        co_return (*head ? (*head)->from : 0) + answer->bytes;
    }
}

QCoro::Task<Result<void>> ComfyClient::freeMemory(bool unloadModels, CancelToken cancel)
{
    const Json body{{"unload_models", unloadModels}, {"free_memory", true}};
    const HttpRequest request = post(QStringLiteral("/free"), writeJson(body), m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return succeeded(answer, route);
}

QCoro::Task<Result<QStringList>> ComfyClient::models(QString folder, CancelToken cancel)
{
    const QString path =
        folder.isEmpty() ? QStringLiteral("/models") : QStringLiteral("/models/") + segment(folder);
    const HttpRequest request = get(path, m_limits.general);
    const Route route = routeOf(m_http, request);
    const Result<HttpAnswer> answer = co_await m_http.send(request, cancel);
    co_return co_await decoded(answer, route, decodeNames);
}

} // namespace gesso
