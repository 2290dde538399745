// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/httphead.h"

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kMaxBytes = 256 * 1024;
constexpr qsizetype kStatusDigits = 3;
constexpr int kFirstFinalStatus = 200;

} // namespace

bool HttpHead::take(QByteArrayView line)
{
    m_bytes += line.size();
    if (m_bytes > kMaxBytes) {
        return false;
    }
    const QByteArrayView text = line.trimmed();
    if (m_isComplete) {
        return true;
    }
    if (text.startsWith("HTTP/")) {
        begin(text);
    } else if (text.isEmpty()) {
        m_isComplete = m_answer.status >= kFirstFinalStatus;
    } else {
        takeField(text);
    }
    return true;
}

// "HTTP/1.1 404 Not Found"; the words may be missing.
void HttpHead::begin(QByteArrayView statusLine)
{
    m_answer = {};
    const qsizetype blank = statusLine.indexOf(' ');
    const QByteArrayView rest = blank < 0 ? QByteArrayView() : statusLine.sliced(blank).trimmed();
    m_answer.status = rest.first(std::min(kStatusDigits, rest.size())).toInt();
    if (rest.size() > kStatusDigits) {
        m_answer.reason = QString::fromUtf8(rest.sliced(kStatusDigits).trimmed());
    }
}

void HttpHead::takeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0) {
        return;
    }
    const QByteArray name = line.first(colon).trimmed().toByteArray();
    const QByteArray value = line.sliced(colon + 1).trimmed().toByteArray();
    m_answer.headers.emplace_back(name, value);
    if (name.compare("content-type", Qt::CaseInsensitive) == 0) {
        m_answer.contentType = value;
    }
}

} // namespace gesso
