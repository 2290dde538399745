// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/restroutes.h"

#include "core/demo/httpfront.h"
#include "core/demo/uploadroute.h"
#include "core/demo/viewroute.h"

#include <QSysInfo>

namespace gesso::demo {

namespace {

constexpr JsonLimits bodyLimits{64 * 1024 * 1024, 100, 2'000'000};

// aiohttp's words for an exception in a handler; also what broken JSON gets.
HttpAnswer internalError()
{
    return HttpAnswer::text("500 Internal Server Error\n\nServer got itself in trouble", 500);
}

QString osName()
{
    const QString kernel = QSysInfo::kernelType();
    return kernel == u"winnt" ? QStringLiteral("win32") : kernel;
}

QStringList stringList(const Json* values)
{
    QStringList list;
    for (const Json& value : values && values->is_array() ? *values : Json::array()) {
        list.append(idText(value));
    }
    return list;
}

Json jsonList(const QStringList& values)
{
    Json list = Json::array();
    for (const QString& value : values) {
        list.push_back(toJson(value));
    }
    return list;
}

QString decoded(const QString& segment)
{
    return QUrl::fromPercentEncoding(segment.toUtf8());
}

} // namespace

const RestRoutes::Route RestRoutes::routes[] = {
    {"GET", "/system_stats", &RestRoutes::systemStats},
    {"GET", "/features", &RestRoutes::features},
    {"GET", "/object_info", &RestRoutes::objectInfo},
    {"GET", "/object_info/*", &RestRoutes::objectInfo},
    {"GET", "/prompt", &RestRoutes::getPrompt},
    {"POST", "/prompt", &RestRoutes::postPrompt},
    {"GET", "/queue", &RestRoutes::getQueue},
    {"POST", "/queue", &RestRoutes::postQueue},
    {"POST", "/interrupt", &RestRoutes::interrupt},
    {"GET", "/history", &RestRoutes::getHistory},
    {"GET", "/history/*", &RestRoutes::getHistory},
    {"POST", "/history", &RestRoutes::postHistory},
    {"GET", "/view", &RestRoutes::view},
    {"POST", "/upload/image", &RestRoutes::uploadImage},
    {"POST", "/upload/mask", &RestRoutes::uploadMask},
    {"GET", "/embeddings", &RestRoutes::embeddings},
    {"GET", "/models", &RestRoutes::models},
    {"GET", "/models/*", &RestRoutes::models},
    {"POST", "/free", &RestRoutes::free},
    {"GET", "/userdata", &RestRoutes::userdataList},
    {"GET", "/userdata/*", &RestRoutes::userdataFile},
};

RestRoutes::RestRoutes(const NodeLibrary& library, const Folders& folders, JobDesk& desk)
    : m_library(library)
    , m_folders(folders)
    , m_desk(desk)
{
}

HttpAnswer RestRoutes::answer(const HttpRequest& request)
{
    HttpAnswer answer = m_faults.serverError                                ? internalError()
        : isForeignOrigin(request.header("origin"), request.header("host")) ? HttpAnswer::empty(403)
        : request.body.size() > HttpFront::maxBodyBytes                     ? HttpAnswer::empty(413)
                                                                            : dispatch(request);
    answer.delayMs += m_faults.delayMs;
    return answer;
}

HttpAnswer RestRoutes::dispatch(const HttpRequest& request)
{
    const QString path = request.path.startsWith(u"/api/") ? request.path.mid(4) : request.path;
    bool isKnownPath = false;
    for (const Route& route : routes) {
        const QString pattern = QString::fromLatin1(route.path);
        const bool hasRest = pattern.endsWith(u"/*");
        const QString prefix = hasRest ? pattern.chopped(1) : pattern;
        const bool matches = hasRest ? path.startsWith(prefix) && path.size() > prefix.size()
                && !path.mid(prefix.size()).contains(QLatin1Char('/'))
                                     : path == pattern;
        if (!matches) {
            continue;
        }
        isKnownPath = true;
        if (request.method == route.method) {
            return (this->*route.handler)(request, hasRest ? decoded(path.mid(prefix.size())) : QString());
        }
    }
    return isKnownPath ? HttpAnswer::text("405: Method Not Allowed", 405) : HttpAnswer::empty(404);
}

HttpAnswer RestRoutes::systemStats(const HttpRequest&, const QString&)
{
    return HttpAnswer::json(Json{
        {"system",
         {{"os", toJson(osName())},
          {"ram_total", 0},
          {"ram_free", 0},
          {"comfyui_version", "0.12.2+gesso.demo"},
          {"required_frontend_version", nullptr},
          {"python_version", "none (Gesso's demo server)"},
          {"pytorch_version", "none"},
          {"embedded_python", false},
          {"argv", Json::array({"gesso", "demo-server"})},
          {"gesso_demo", true}}},
        {"devices",
         Json::array({Json{{"name", "Demo painter (CPU)"},
                           {"type", "cpu"},
                           {"index", nullptr},
                           {"vram_total", 0},
                           {"vram_free", 0},
                           {"torch_vram_total", 0},
                           {"torch_vram_free", 0}}})},
    });
}

HttpAnswer RestRoutes::features(const HttpRequest&, const QString&)
{
    return HttpAnswer::json(serverFeatures());
}

HttpAnswer RestRoutes::objectInfo(const HttpRequest&, const QString& className)
{
    return HttpAnswer::json(className.isEmpty() ? m_library.objectInfo(m_folders)
                                                : m_library.objectInfo(m_folders, className));
}

HttpAnswer RestRoutes::getPrompt(const HttpRequest&, const QString&)
{
    return HttpAnswer::json(m_desk.promptJson());
}

HttpAnswer RestRoutes::postPrompt(const HttpRequest& request, const QString&)
{
    const Result<Json> body = parseJson(request.body, bodyLimits);
    if (!body || !body->is_object()) {
        return internalError();
    }
    const SubmitOutcome outcome = m_desk.submit(*body);
    HttpAnswer answer = HttpAnswer::json(outcome.answer, outcome.status);
    answer.delayMs = m_faults.promptAnswerDelayMs;
    return answer;
}

HttpAnswer RestRoutes::getQueue(const HttpRequest&, const QString&)
{
    return HttpAnswer::json(m_desk.queueJson());
}

HttpAnswer RestRoutes::postQueue(const HttpRequest& request, const QString&)
{
    const Result<Json> body = parseJson(request.body, bodyLimits);
    if (!body || !body->is_object()) {
        return internalError();
    }
    if (boolMember(*body, "clear")) {
        m_desk.clearPending();
    }
    m_desk.removePending(stringList(member(*body, "delete")));
    return HttpAnswer::empty();
}

HttpAnswer RestRoutes::interrupt(const HttpRequest& request, const QString&)
{
    const Result<Json> body = parseJson(request.body, bodyLimits); // often absent
    m_desk.interrupt(body ? stringMember(*body, "prompt_id") : QString());
    return HttpAnswer::empty();
}

HttpAnswer RestRoutes::getHistory(const HttpRequest& request, const QString& promptId)
{
    if (m_faults.forgetHistory) {
        return HttpAnswer::json(Json::object());
    }
    if (!promptId.isEmpty()) {
        return HttpAnswer::json(m_desk.history().one(promptId));
    }
    bool hasMax = false;
    const qint64 maxItems = request.parameter(QStringLiteral("max_items")).toLongLong(&hasMax);
    bool hasOffset = false;
    const qint64 offset = request.parameter(QStringLiteral("offset")).toLongLong(&hasOffset);
    return HttpAnswer::json(
        m_desk.history().list(hasMax ? std::optional(maxItems) : std::nullopt, hasOffset ? offset : -1));
}

HttpAnswer RestRoutes::postHistory(const HttpRequest& request, const QString&)
{
    const Result<Json> body = parseJson(request.body, bodyLimits);
    if (!body || !body->is_object()) {
        return internalError();
    }
    if (boolMember(*body, "clear")) {
        m_desk.history().clear();
    }
    for (const QString& id : stringList(member(*body, "delete"))) {
        m_desk.history().remove(id);
    }
    return HttpAnswer::empty();
}

HttpAnswer RestRoutes::view(const HttpRequest& request, const QString&)
{
    return viewFile(m_folders, request);
}

HttpAnswer RestRoutes::uploadImage(const HttpRequest& request, const QString&)
{
    return storeImage(m_folders, request);
}

HttpAnswer RestRoutes::uploadMask(const HttpRequest& request, const QString&)
{
    return storeMask(m_folders, request);
}

HttpAnswer RestRoutes::embeddings(const HttpRequest&, const QString&)
{
    return HttpAnswer::json(Json::array());
}

HttpAnswer RestRoutes::models(const HttpRequest&, const QString& folder)
{
    if (folder.isEmpty()) {
        return HttpAnswer::json(Json::array({"checkpoints", "loras", "embeddings"}));
    }
    if (folder == u"checkpoints") {
        return HttpAnswer::json(jsonList(checkpointNames()));
    }
    if (folder == u"loras") {
        return HttpAnswer::json(jsonList(styleNames()));
    }
    return folder == u"embeddings" ? HttpAnswer::json(Json::array()) : HttpAnswer::empty(404);
}

HttpAnswer RestRoutes::free(const HttpRequest&, const QString&)
{
    return HttpAnswer::empty();
} // it holds no models

// The demo server keeps no user files: it says so as a server without any does.
HttpAnswer RestRoutes::userdataList(const HttpRequest& request, const QString&)
{
    return request.parameter(QStringLiteral("dir")).isEmpty()
        ? HttpAnswer::text("Directory not provided", 400)
        : HttpAnswer::text("Directory not found", 404);
}

HttpAnswer RestRoutes::userdataFile(const HttpRequest&, const QString& file)
{
    return HttpAnswer::empty(pathInside(m_folders.temp, {}, file) ? 404 : 403);
}

} // namespace gesso::demo
