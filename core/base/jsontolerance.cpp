// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/base/jsontolerance.h"

#include <charconv>

namespace gesso {
namespace {

bool isNumberByte(char c)
{
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

qsizetype skipString(QByteArrayView json, qsizetype quote)
{
    for (qsizetype i = quote + 1; i < json.size(); ++i) {
        if (json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            return i + 1;
        }
    }
    return json.size();
}

qsizetype numberEnd(QByteArrayView json, qsizetype begin)
{
    qsizetype end = begin;
    while (end < json.size() && isNumberByte(json[end])) {
        ++end;
    }
    return end;
}

bool overflowsDouble(QByteArrayView number)
{
    double value = 0;
    const auto [end, error] = std::from_chars(number.begin(), number.end(), value);
    const bool underflows = number.contains("e-") || number.contains("E-");
    return error == std::errc::result_out_of_range && end == number.end() && !underflows;
}

// The length of a non-finite literal at `at`, or 0.
qsizetype nonFiniteLength(QByteArrayView json, qsizetype at)
{
    const QByteArrayView rest = json.sliced(at);
    for (const QByteArrayView word :
         {QByteArrayView("NaN"), QByteArrayView("Infinity"), QByteArrayView("-Infinity")}) {
        if (rest.startsWith(word)) {
            return word.size();
        }
    }
    const char c = json[at];
    if (c == '-' || (c >= '0' && c <= '9')) {
        const qsizetype end = numberEnd(json, at);
        const QByteArrayView number = json.sliced(at, end - at);
        constexpr qsizetype kShortestOverflow = 5; // 1e309
        if (number.size() >= kShortestOverflow && overflowsDouble(number)) {
            return number.size();
        }
    }
    return 0;
}

} // namespace

QByteArray replaceNonFiniteNumbers(QByteArrayView json)
{
    QByteArray result;
    qsizetype copied = 0; // everything before this byte of the source is in the result
    for (qsizetype i = 0; i < json.size();) {
        if (json[i] == '"') {
            i = skipString(json, i);
            continue;
        }
        const qsizetype length = nonFiniteLength(json, i);
        if (length > 0) {
            result.reserve(json.size() + 64);
            result.append(json.sliced(copied, i - copied))
                .append(QByteArray("null").leftJustified(length, ' '));
            i += length;
            copied = i;
        } else {
            i = isNumberByte(json[i]) ? std::max(numberEnd(json, i), i + 1) : i + 1;
        }
    }
    if (copied > 0) {
        result.append(json.sliced(copied));
    }
    return result;
}

} // namespace gesso
