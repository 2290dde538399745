// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/httpmessage.h"

namespace gesso::demo {

QByteArray HttpRequest::header(const QByteArray& lowerCaseName) const
{
    for (const auto& [name, value] : headers) {
        if (name == lowerCaseName) {
            return value;
        }
    }
    return {};
}

QString HttpRequest::parameter(const QString& name) const
{
    return query.queryItemValue(name, QUrl::FullyDecoded);
}

HttpAnswer HttpAnswer::json(const Json& value, int status)
{
    return {status, "application/json; charset=utf-8", writeJson(value), {}, 0};
}

HttpAnswer HttpAnswer::text(const QByteArray& text, int status)
{
    return {status, "text/plain; charset=utf-8", text, {}, 0};
}

HttpAnswer HttpAnswer::empty(int status)
{
    return {status, "application/octet-stream", {}, {}, 0};
}

} // namespace gesso::demo
