// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httptransfer.h"

#include "core/net/curlengine.h"

#include <utility>

namespace gesso {
namespace {

constexpr int kProxyWantsPassword = 407;
constexpr long kBufferBytes = 64 * 1024; // libcurl tells up to a hundred of them at a time
constexpr long kStreamBufferBytes = 16 * 1024;
constexpr long kKeptSeconds = 60; // ComfyUI's aiohttp closes idle connections after 75
constexpr long kNamesKeptSeconds = 10; // machines get other addresses

// Inside a quoted string of a header: no line ends, quotes or backslashes.
QByteArray quotable(const QString& text)
{
    QByteArray safe;
    for (const char c : text.toUtf8()) {
        const bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        safe += isControl || c == '"' || c == '\\' ? '_' : c;
    }
    return safe;
}

QByteArray proxyUrl(const QNetworkProxy& proxy)
{
    const bool isSocks = proxy.type() == QNetworkProxy::Socks5Proxy;
    QUrl url;
    url.setScheme(isSocks ? QStringLiteral("socks5h") : QStringLiteral("http"));
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    return url.toEncoded();
}

} // namespace

HttpTransfer::HttpTransfer(CurlEngine& engine, const QUrl& url, const HttpRequest& request, const Auth& auth,
                           bool isAsIs, QObject* parent)
    : QObject(parent)
    , m_engine(&engine)
    , m_easy(curl_easy_init())
    , m_isRepeatable(request.method == "GET")
    , m_maxBytes(request.limits.maxBytes)
{
    setAddress(url);
    setCallbacks(isAsIs);
    setHeaders(request, auth);
    setBody(request);
}

HttpTransfer::~HttpTransfer()
{
    stop();
}

void HttpTransfer::setAddress(const QUrl& url)
{
    CURL* easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_URL,
                     url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment).constData());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, kKeptSeconds);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, kNamesKeptSeconds);
    // The folder of certificates is read as needed; the file with all of them takes tens of milliseconds.
    if (const curl_version_info_data* version = curl_version_info(CURLVERSION_NOW); version->capath) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
    }
    const QNetworkProxy proxy = m_engine->proxyFor(url);
    m_hasProxy = proxy.type() != QNetworkProxy::NoProxy;
    curl_easy_setopt(easy, CURLOPT_PROXY, m_hasProxy ? proxyUrl(proxy).constData() : "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!proxy.user().isEmpty()) {
        curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, proxy.user().toUtf8().constData());
        curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, proxy.password().toUtf8().constData());
    }
}

void HttpTransfer::setCallbacks(bool isAsIs)
{
    CURL* easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L); // Qt ignores SIGPIPE, and no other is needed
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); // an ended call does not wait for the name server
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_words.data());
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, isAsIs ? kStreamBufferBytes : kBufferBytes);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &HttpTransfer::takeHeadLine);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &HttpTransfer::takeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &HttpTransfer::noteProgress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &HttpTransfer::allowSending);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    if (isAsIs) {
        addHeader("Accept-Encoding: identity");
    } else {
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); // all that libcurl can undo
    }
}

// Control characters are dropped: a line end would begin a header of its own.
void HttpTransfer::addHeader(QByteArray line)
{
    line.removeIf([](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
    if (curl_slist* longer = curl_slist_append(m_headers.get(), line.constData())) {
        static_cast<void>(m_headers.release());
        m_headers.reset(longer);
    }
}

void HttpTransfer::setHeaders(const HttpRequest& request, const Auth& auth)
{
    curl_easy_setopt(m_easy.get(), CURLOPT_USERAGENT, "Gesso/" GESSO_VERSION);
    for (const auto& [name, value] : request.headers) {
        addHeader(name + ": " + value);
    }
    if (!auth.isEmpty()) {
        addHeader("Authorization: " + auth.headerValue());
    }
    if (request.parts.isEmpty()) { // of several parts libcurl knows the type
        addHeader(request.contentType.isEmpty() ? QByteArray("Content-Type:")
                                                : "Content-Type: " + request.contentType);
    }
    addHeader("Expect:"); // no second's wait before a body
    curl_easy_setopt(m_easy.get(), CURLOPT_HTTPHEADER, m_headers.get());
}

void HttpTransfer::setBody(const HttpRequest& request)
{
    CURL* easy = m_easy.get();
    if (!request.parts.isEmpty()) {
        setParts(request.parts);
    } else if (!m_isRepeatable) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.constData());
    }
    if (!m_isRepeatable) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.constData());
    }
}

void HttpTransfer::setParts(const QList<HttpPart>& parts)
{
    m_mime.reset(curl_mime_init(m_easy.get()));
    for (const HttpPart& part : parts) {
        curl_mimepart* one = curl_mime_addpart(m_mime.get());
        curl_mime_name(one, quotable(part.name).constData());
        curl_mime_data(one, part.bytes.constData(), std::size_t(part.bytes.size()));
        if (!part.fileName.isEmpty()) {
            curl_mime_filename(one, quotable(part.fileName).constData());
        }
        if (!part.contentType.isEmpty()) {
            curl_mime_type(one, part.contentType.constData());
        }
    }
    curl_easy_setopt(m_easy.get(), CURLOPT_MIMEPOST, m_mime.get());
}

void HttpTransfer::start()
{
    if (m_engine) {
        m_engine->start(*this);
    }
}

void HttpTransfer::stop()
{
    m_isHeadTold = true; // nothing more is told
    m_untold.clear();
    m_hasEnded = false;
    if (m_engine) {
        m_engine->stop(*this);
    }
}

QString HttpTransfer::technical() const
{
    return QString::fromLocal8Bit(m_words[0] ? m_words.data() : curl_easy_strerror(m_code));
}

std::size_t HttpTransfer::takeHeadLine(char* bytes, std::size_t, std::size_t size, void* self)
{
    auto& transfer = *static_cast<HttpTransfer*>(self);
    if (!transfer.m_head.take(QByteArrayView(bytes, qsizetype(size)))) {
        return 0; // ends it
    }
    transfer.noteNews();
    return size;
}

std::size_t HttpTransfer::takeBody(char* bytes, std::size_t, std::size_t size, void* self)
{
    auto& transfer = *static_cast<HttpTransfer*>(self);
    transfer.m_untold.append(bytes, qsizetype(size));
    transfer.m_bodyBytes += qint64(size);
    transfer.noteNews();
    return transfer.m_bodyBytes > transfer.m_maxBytes ? 0 : size; // a few bytes may unpack to gigabytes
}

int HttpTransfer::noteProgress(void* self, curl_off_t, curl_off_t down, curl_off_t, curl_off_t up)
{
    auto& transfer = *static_cast<HttpTransfer*>(self);
    if (transfer.m_moved != down + up) {
        transfer.m_moved = down + up;
        transfer.m_hasMoved = true;
        transfer.noteNews();
    }
    return 0;
}

int HttpTransfer::allowSending(void* self, char*, char*, int, int)
{
    auto& transfer = *static_cast<HttpTransfer*>(self);
    const bool isAgain = std::exchange(transfer.m_wasSent, true);
    return isAgain && !transfer.m_isRepeatable ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

void HttpTransfer::finish(CURLcode code)
{
    m_code = code;
    CurlOutcome outcome{code, 0, 0, m_hasProxy};
    curl_easy_getinfo(m_easy.get(), CURLINFO_OS_ERRNO, &outcome.systemError);
    curl_easy_getinfo(m_easy.get(), CURLINFO_HTTP_CONNECTCODE, &outcome.proxyStatus);
    m_fault = faultOf(outcome);
    if (m_hasProxy && m_head.answer().status == kProxyWantsPassword) {
        m_fault = HttpFault::Proxy;
    } else if (m_fault == HttpFault::None && !m_head.isComplete()) {
        m_fault = HttpFault::Closed;
    }
    m_hasEnded = true;
}

void HttpTransfer::noteNews()
{
    m_engine->noteNews(*this);
}

void HttpTransfer::tell()
{
    const QPointer<HttpTransfer> self(this);
    if (std::exchange(m_hasMoved, false)) {
        Q_EMIT moved();
    }
    if (self && m_head.isComplete() && !std::exchange(m_isHeadTold, true)) {
        Q_EMIT headCame();
    }
    if (self && !m_untold.isEmpty()) {
        QByteArray piece = std::exchange(m_untold, {});
        Q_EMIT bodyCame(piece);
        if (self && m_untold.isEmpty()) {
            piece.resize(0);
            m_untold = std::move(piece);
        }
    }
    if (self && m_hasEnded) {
        Q_EMIT ended();
    }
}

} // namespace gesso
