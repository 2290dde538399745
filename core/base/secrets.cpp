// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/secrets.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace gesso {
namespace {

// Whole words only: `max_tokens` and `tokenizer` are no secrets.
constexpr std::array kSecretWords{
    u"apikey", u"authtoken",     u"accesstoken", u"refreshtoken", u"bearertoken", u"password", u"passwd",
    u"secret", u"authorization", u"cookie",      u"clientsecret", u"privatekey",  u"accesskey"};

QString lettersOf(QStringView name)
{
    QString letters;
    letters.reserve(name.size());
    for (const QChar c : name) {
        if (c.isLetterOrNumber()) {
            letters += c.toLower();
        }
    }
    return letters;
}

const Json& redactedJson()
{
    static const Json text = toJson(QString(kRedacted));
    return text;
}

} // namespace

bool isSecretName(QStringView name)
{
    const QString letters = lettersOf(name);
    return letters == QLatin1String("token")
        || std::any_of(kSecretWords.begin(), kSecretWords.end(),
                       [&letters](const char16_t* word) { return letters.contains(QStringView(word)); });
}

Json withoutSecrets(Json value)
{
    // The depth of parsed JSON is bounded (JsonLimits), so recursion is.
    if (value.is_object()) {
        for (auto& [name, inner] : value.items()) {
            const bool isSecret = isSecretName(QString::fromStdString(name)) && !inner.is_null();
            inner = isSecret ? redactedJson() : withoutSecrets(std::move(inner));
        }
    } else if (value.is_array()) {
        for (Json& inner : value) {
            inner = withoutSecrets(std::move(inner));
        }
    }
    return value;
}

QUrl withoutSecrets(const QUrl& url)
{
    QUrl clean = url;
    clean.setUserInfo({});
    clean.setFragment({});
    if (!clean.hasQuery()) {
        return clean;
    }
    QUrlQuery query;
    const auto items = QUrlQuery(clean).queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : items) {
        query.addQueryItem(name, isSecretName(name) ? QString(kRedacted) : value);
    }
    clean.setQuery(query);
    return clean;
}

QString withoutSecrets(const QString& text)
{
    static const QRegularExpression userInfo(QStringLiteral("(?<=://)[^/\\s@\"']{1,512}@"));
    static const QRegularExpression bearer(
        QStringLiteral("\\b(bearer|basic)(\\s+)[A-Za-z0-9._~+/=-]{4,8192}"),
        QRegularExpression::CaseInsensitiveOption);
    // "name": "value", name=value, name: value
    static const QRegularExpression named(
        QStringLiteral("(?<name>[A-Za-z][A-Za-z0-9_.-]{0,64})(?<mark>[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?)"
                       "(?<value>[^\\s\"',;&}]{1,8192})"));
    QString clean = text;
    clean.replace(userInfo, QString(kRedacted + QLatin1Char('@')));
    clean.replace(bearer, QStringLiteral("\\1\\2") + kRedacted);
    QString result;
    qsizetype end = 0;
    auto matches = named.globalMatch(clean);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (isSecretName(match.capturedView(QStringLiteral("name")))
            && !match.capturedView(QStringLiteral("value")).startsWith(QLatin1String("<redacted"))) {
            result += QStringView(clean).mid(end, match.capturedStart(QStringLiteral("value")) - end);
            result += kRedacted;
            end = match.capturedEnd(QStringLiteral("value"));
        }
    }
    result += QStringView(clean).mid(end);
    return result;
}

} // namespace gesso
