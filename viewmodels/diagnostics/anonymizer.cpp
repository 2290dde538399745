// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/diagnostics/anonymizer.h"

#include "core/base/secrets.h"
#include "core/server/serverprofile.h"

#include <QDir>
#include <QHostAddress>
#include <QRegularExpression>
#include <QSysInfo>

#include <algorithm>

namespace gesso {
namespace {

constexpr qsizetype kShortestName = 3; // "me" would be cut out of "name"

// As a whole word, in any case.
void replaceName(QString& text, const QString& name, const QString& placeholder)
{
    const QRegularExpression word(
        QStringLiteral("(?<![\\w])") + QRegularExpression::escape(name) + QStringLiteral("(?![\\w])"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    text.replace(word, placeholder);
}

bool isLoopback(const QString& host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0
        || QHostAddress(host).isLoopback();
}

} // namespace

Anonymizer::Person Anonymizer::Person::current()
{
    return {QDir::homePath(), qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME")),
            QSysInfo::machineHostName()};
}

Anonymizer::Anonymizer(const Person& person)
{
    const auto add = [this](const QString& name, const char* placeholder) {
        if (name.size() >= kShortestName) {
            m_names.append({name, QString::fromLatin1(placeholder)});
        }
    };
    add(QDir::cleanPath(person.home), "~");
    add(QDir::toNativeSeparators(QDir::cleanPath(person.home)), "~");
    add(person.host, "<this-computer>");
    add(person.user, "<user>");
    std::stable_sort(m_names.begin(), m_names.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

void Anonymizer::hideServer(const QString& host)
{
    if (!host.isEmpty() && !isLoopback(host)) {
        serverName(host);
    }
}

void Anonymizer::hideAddress(const QString& address)
{
    hideServer(serverUrlFromText(address).host());
}

QString Anonymizer::serverName(const QString& host)
{
    QString& name = m_servers[host.toLower()];
    if (name.isEmpty()) {
        name = QStringLiteral("<server-%1>").arg(m_servers.size());
    }
    return name;
}

QString Anonymizer::clean(const QString& text)
{
    static const QRegularExpression email(
        QStringLiteral("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}\\.[A-Za-z]{2,24}"));
    static const QRegularExpression urlHost(QStringLiteral(
        "(?<=://)(?:<redacted>@)?(?<host>\\[[0-9A-Fa-f:.%]{2,64}\\]|[^\\s/:?#\"'<>\\[\\]]{1,255})"));
    // "gpu-box:8188", "[fe80::1]:8188": as messages name a server.
    static const QRegularExpression hostAndPort(
        QStringLiteral("(?<![\\w./\\\\-])(?<host>[A-Za-z][A-Za-z0-9-]{1,62}(?:\\.[A-Za-z0-9-]{1,62}){0,8})"
                       ":\\d{4,5}(?![\\w.])"));
    static const QRegularExpression ipv6(QStringLiteral("(?<host>\\[[0-9A-Fa-f:.%]{2,64}\\])"));
    static const QRegularExpression ipv4(QStringLiteral("\\b(?<host>(?:\\d{1,3}\\.){3}\\d{1,3})\\b"));

    QString result = withoutSecrets(text);
    result.replace(email, QStringLiteral("<e-mail>"));
    const auto hideMatches = [this, &result](const QRegularExpression& pattern) {
        auto matches = pattern.globalMatch(result);
        while (matches.hasNext()) {
            QString host = matches.next().captured(QStringLiteral("host"));
            if (host.startsWith(u'[')) {
                host = host.mid(1, host.size() - 2);
            }
            hideServer(host);
        }
    };
    hideMatches(urlHost);
    hideMatches(hostAndPort);
    hideMatches(ipv6);
    hideMatches(ipv4);

    QStringList hosts = m_servers.keys();
    std::sort(hosts.begin(), hosts.end(),
              [](const QString& a, const QString& b) { return a.size() > b.size(); });
    for (const QString& host : std::as_const(hosts)) {
        replaceName(result, host, m_servers.value(host));
    }
    for (const auto& [name, placeholder] : std::as_const(m_names)) {
        replaceName(result, name, placeholder);
    }
    return result;
}

} // namespace gesso
