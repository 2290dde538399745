// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>
#include <QUrl>

namespace gesso {

// What stands in place of a secret.
inline constexpr QLatin1String kRedacted{"<redacted>"};

// Whether a value under this name is a secret: api_key_comfy_org, auth_token_comfy_org, password,
// Authorization … Case and separators do not matter.
bool isSecretName(QStringView name);

// The same value with the text, number or container under each secret name replaced.
Json withoutSecrets(Json value);

// Without user, password, fragment, and with the values of secret query items replaced.
QUrl withoutSecrets(const QUrl& url);

// Free text for a log or a report: the user info of URLs, bearer tokens, and values behind secret names
// ("token=…", "api_key: …") replaced. A net, not a proof: what is known to be secret is not logged at all.
QString withoutSecrets(const QString& text);

} // namespace gesso
