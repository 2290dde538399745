// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/net/auth.h"

#include "core/base/secrets.h"

#include <QNetworkRequest>

#include <utility>

namespace gesso {
namespace {

QByteArray cleaned(const QString& token)
{
    QString kept;
    kept.reserve(token.size());
    for (const QChar c : token) {
        if (c.unicode() >= 0x20 && c.unicode() != 0x7F) {
            kept += c;
        }
    }
    return kept.trimmed().toUtf8();
}

} // namespace

Auth::Auth(const QString& bearerToken)
{
    const QByteArray token = cleaned(bearerToken);
    if (!token.isEmpty()) {
        m_headerValue = QByteArrayLiteral("Bearer ") + token;
    }
}

void Auth::applyTo(QNetworkRequest& request) const
{
    if (!isEmpty()) {
        request.setRawHeader(QByteArrayLiteral("Authorization"), m_headerValue);
    }
}

QByteArray Auth::withoutToken(QByteArray text) const
{
    constexpr qsizetype kShortest = 4; // less would turn texts into riddles
    return without(std::move(text), kShortest);
}

QByteArray Auth::withoutTokenInData(QByteArray data) const
{
    constexpr qsizetype kNoWord = 16;
    return without(std::move(data), kNoWord);
}

QByteArray Auth::without(QByteArray text, qsizetype shortest) const
{
    const QByteArray token = m_headerValue.mid(m_headerValue.indexOf(' ') + 1);
    if (token.size() >= shortest) {
        text.replace(token, QByteArray(kRedacted.data(), kRedacted.size()));
    }
    return text;
}

} // namespace gesso
