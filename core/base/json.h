// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <nlohmann/json.hpp>

#include <string_view>

namespace gesso {

// A lossless JSON value: keeps key order, 1 ≠ 1.0 and unsigned 64-bit integers. Key lookup is linear, so
// use it for small objects; large maps (nodes, object_info) are read into typed, hashed containers.
using Json = nlohmann::ordered_json;

// What is read at the most; beyond it parseJson() fails with TooLarge.
struct JsonLimits {
    qsizetype maxBytes = 64 * 1024 * 1024;
    int maxDepth = 256;
    qsizetype maxValues = 8'000'000; // scalars, containers and keys together
};

// Parses UTF-8 text in linear time, also objects with very many keys. A duplicate key replaces the earlier
// value, as in JavaScript. Python's NaN, Infinity and -Infinity are read as null (as JSON.stringify writes
// them); numbers too large for a double become null as well. A byte order mark is skipped. Errors: TooLarge,
// or Unreadable naming line and column.
Result<Json> parseJson(QByteArrayView text, const JsonLimits& limits = {});

// Compact for indent < 0. Invalid UTF-8 is replaced, never thrown at.
QByteArray writeJson(const Json& value, int indent = -1);

Json toJson(const QString& text);
QString toQString(const Json& value); // "" unless it is a string

// The member, or nullptr if `object` is not an object or has none.
const Json* member(const Json& object, std::string_view key);
Json* member(Json& object, std::string_view key);

// Typed members; the fallback if absent or of another type. Never throws.
QString stringMember(const Json& object, std::string_view key, const QString& fallback = {});
bool boolMember(const Json& object, std::string_view key, bool fallback = false);
double numberMember(const Json& object, std::string_view key, double fallback = 0);
qint64 intMember(const Json& object, std::string_view key, qint64 fallback = 0);

// An id that may be written as a number or as a string; "" for anything else.
QString idText(const Json& value);

} // namespace gesso
