// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/demo/democlient.h"

#include <QEventLoop>
#include <QNetworkReply>
#include <QTest>

namespace gesso::testkit {

Json DemoClient::Reply::json() const
{
    return parseJson(body).value_or(Json());
}

QString DemoClient::Frame::type() const
{
    return text.is_null() ? QStringLiteral("preview") : stringMember(text, "type");
}

Json DemoClient::Frame::data() const
{
    const Json* data = member(text, "data");
    return data ? *data : Json();
}

DemoClient::DemoClient(QUrl server, QString clientId)
    : m_server(std::move(server))
    , m_clientId(std::move(clientId))
{
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
        m_frames.append(Frame{parseJson(text.toUtf8()).value_or(Json("broken")), {}});
    });
    QObject::connect(&m_socket, &QWebSocket::binaryMessageReceived, &m_socket,
                     [this](const QByteArray& bytes) {
                         m_frames.append(Frame{Json(), bytes});
                     });
}

DemoClient::~DemoClient()
{
    m_socket.disconnect();
}

DemoClient::Reply DemoClient::await(QNetworkReply* reply)
{
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!reply->isFinished()) {
        loop.exec();
    }
    Reply answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.body = reply->isOpen() ? reply->readAll() : QByteArray();
    answer.contentType = reply->rawHeader("Content-Type");
    for (const auto& [name, value] : reply->rawHeaderPairs()) {
        answer.headers.insert(name.toLower(), value);
    }
    reply->deleteLater();
    return answer;
}

namespace {

QNetworkRequest request(const QUrl& server, const QString& path,
                        const QList<std::pair<QByteArray, QByteArray>>& headers)
{
    QNetworkRequest request(QUrl(server.toString() + path));
    request.setTransferTimeout(20000);
    for (const auto& [name, value] : headers) {
        request.setRawHeader(name, value);
    }
    return request;
}

} // namespace

DemoClient::Reply DemoClient::get(const QString& path,
                                  const QList<std::pair<QByteArray, QByteArray>>& headers)
{
    return await(m_network.get(request(m_server, path, headers)));
}

DemoClient::Reply DemoClient::post(const QString& path, const QByteArray& body, const QByteArray& contentType,
                                   const QList<std::pair<QByteArray, QByteArray>>& headers)
{
    QNetworkRequest toSend = request(m_server, path, headers);
    toSend.setRawHeader("Content-Type", contentType);
    return await(m_network.post(toSend, body));
}

DemoClient::Reply DemoClient::postJson(const QString& path, const Json& body)
{
    return post(path, writeJson(body));
}

DemoClient::Reply DemoClient::submit(const Json& prompt, const Json& more)
{
    Json body{{"prompt", prompt}};
    if (!m_clientId.isEmpty()) {
        body["client_id"] = toJson(m_clientId);
    }
    body.update(more);
    return postJson(QStringLiteral("/prompt"), body);
}

DemoClient::Reply DemoClient::upload(const QString& name, const QByteArray& content,
                                     const QList<std::pair<QByteArray, QByteArray>>& fields,
                                     const QString& route)
{
    const QByteArray boundary = "----gesso-test";
    QByteArray body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\""
        + name.toUtf8() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n";
    for (const auto& [key, value] : fields) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + key + "\"\r\n\r\n" + value
            + "\r\n";
    }
    body += "--" + boundary + "--\r\n";
    return post(route, body, "multipart/form-data; boundary=" + boundary);
}

bool DemoClient::open(bool wantsMetadata, const QByteArray& origin)
{
    QUrl url = m_server;
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/ws"));
    if (!m_clientId.isEmpty()) {
        url.setQuery(QStringLiteral("clientId=") + QString::fromLatin1(QUrl::toPercentEncoding(m_clientId)));
    }
    QNetworkRequest toSend(url);
    if (!origin.isEmpty()) {
        toSend.setRawHeader("Origin", origin);
    }
    m_socket.open(toSend);
    const bool isOpened = waitFor([this] {
        return m_socket.state() == QAbstractSocket::ConnectedState
            || m_socket.state() == QAbstractSocket::UnconnectedState;
    });
    if (!isOpened || m_socket.state() != QAbstractSocket::ConnectedState) {
        return false;
    }
    if (wantsMetadata) {
        m_socket.sendTextMessage(
            QStringLiteral("{\"type\": \"feature_flags\", \"data\": {\"supports_preview_metadata\": true}}"));
    }
    const int expected = wantsMetadata ? 2 : 1;
    return waitFor([this, expected] { return m_frames.size() >= expected; });
}

void DemoClient::closeSocket()
{
    m_socket.close();
    waitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; });
}

bool DemoClient::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

QStringList DemoClient::types() const
{
    QStringList list;
    for (const Frame& frame : m_frames) {
        list.append(frame.type());
    }
    return list;
}

bool DemoClient::waitFor(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, 10000);
}

bool DemoClient::waitForEnd(const QString& promptId)
{
    return waitFor([this, &promptId] {
        return std::any_of(m_frames.cbegin(), m_frames.cend(), [&promptId](const Frame& frame) {
            const Json data = frame.data();
            const Json* node = member(data, "node");
            return frame.type() == u"executing" && node && node->is_null()
                && stringMember(data, "prompt_id") == promptId;
        });
    });
}

Json DemoClient::history(const QString& promptId)
{
    const Json all = get(QStringLiteral("/history/") + promptId).json();
    const Json* entry = member(all, promptId.toStdString());
    return entry ? *entry : Json();
}

Json textToPicture(std::uint64_t seed, int steps, int size, const QString& text)
{
    return Json{
        {"4",
         {{"class_type", "CheckpointLoaderSimple"}, {"inputs", {{"ckpt_name", "demo-painter.safetensors"}}}}},
        {"5",
         {{"class_type", "EmptyLatentImage"},
          {"inputs", {{"width", size}, {"height", size}, {"batch_size", 1}}}}},
        {"6",
         {{"class_type", "CLIPTextEncode"},
          {"inputs", {{"text", toJson(text)}, {"clip", Json::array({"4", 1})}}}}},
        {"7",
         {{"class_type", "CLIPTextEncode"},
          {"inputs", {{"text", "blurry"}, {"clip", Json::array({"4", 1})}}}}},
        {"3",
         {{"class_type", "KSampler"},
          {"inputs",
           {{"seed", seed},
            {"steps", steps},
            {"cfg", 7},
            {"sampler_name", "euler"},
            {"scheduler", "normal"},
            {"denoise", 1},
            {"model", Json::array({"4", 0})},
            {"positive", Json::array({"6", 0})},
            {"negative", Json::array({"7", 0})},
            {"latent_image", Json::array({"5", 0})}}}}},
        {"8",
         {{"class_type", "VAEDecode"},
          {"inputs", {{"samples", Json::array({"3", 0})}, {"vae", Json::array({"4", 2})}}}}},
        {"9",
         {{"class_type", "SaveImage"},
          {"inputs", {{"filename_prefix", "ComfyUI"}, {"images", Json::array({"8", 0})}}}}},
    };
}

Json emptyImageTo(const char* outputClass, int color, int size)
{
    Json output{{"class_type", outputClass}, {"inputs", {{"images", Json::array({"1", 0})}}}};
    if (qstrcmp(outputClass, "SaveImage") == 0) {
        output["inputs"]["filename_prefix"] = "x";
    }
    return Json{
        {"1",
         {{"class_type", "EmptyImage"},
          {"inputs", {{"width", size}, {"height", size}, {"batch_size", 1}, {"color", color}}}}},
        {"2", std::move(output)},
    };
}

} // namespace gesso::testkit
