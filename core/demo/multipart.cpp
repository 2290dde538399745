// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/multipart.h"

#include <QRegularExpression>

namespace gesso::demo {

namespace {

constexpr qsizetype maxParts = 32;

// name="value" or name=value of a header.
QString headerParameter(const QByteArray& header, const QString& name)
{
    const QRegularExpression pattern(
        QStringLiteral("(?:^|[;\\s])%1=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))")
            .arg(QRegularExpression::escape(name)),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(header));
    QString value = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    return value.replace(QStringLiteral("\\\""), QStringLiteral("\""));
}

QByteArray disposition(const QByteArray& headers)
{
    for (const QByteArray& line : headers.split('\n')) {
        if (line.trimmed().toLower().startsWith("content-disposition:")) {
            return line.trimmed();
        }
    }
    return {};
}

auto broken()
{
    return fail(ErrorKind::Protocol, QStringLiteral("The form data is broken"));
}

} // namespace

Result<QList<FormPart>> parseMultipart(const QByteArray& contentType, const QByteArray& body)
{
    const QByteArray boundary = headerParameter(contentType, QStringLiteral("boundary")).toUtf8();
    if (!contentType.toLower().startsWith("multipart/form-data") || boundary.isEmpty()) {
        return broken();
    }
    const QByteArray delimiter = "--" + boundary;
    const QByteArray lineDelimiter = "\r\n" + delimiter;
    QList<FormPart> parts;
    qsizetype at = body.indexOf(delimiter);
    while (at >= 0 && parts.size() < maxParts) {
        at += delimiter.size();
        if (body.mid(at, 2) == "--") {
            return parts;
        }
        const qsizetype headerEnd = body.indexOf("\r\n\r\n", at);
        const qsizetype next = headerEnd < 0 ? -1 : body.indexOf(lineDelimiter, headerEnd + 2);
        if (next < 0) {
            return broken();
        }
        const QByteArray header = disposition(body.mid(at, headerEnd - at));
        const qsizetype start = headerEnd + 4;
        parts.append({headerParameter(header, QStringLiteral("name")),
                      headerParameter(header, QStringLiteral("filename")),
                      body.mid(start, std::max<qsizetype>(next - start, 0))});
        at = next + 2;
    }
    return broken();
}

} // namespace gesso::demo
