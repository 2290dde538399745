// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/javascriptnumber.h"

#include <array>
#include <charconv>
#include <cmath>

namespace gesso {

QString javaScriptNumber(double value)
{
    if (std::isnan(value)) {
        return QStringLiteral("NaN");
    }
    if (std::isinf(value)) {
        return value > 0 ? QStringLiteral("Infinity") : QStringLiteral("-Infinity");
    }
    if (value == 0) {
        return QStringLiteral("0"); // also -0
    }
    std::array<char, 64> buffer{};
    const double magnitude = std::abs(value);
    const bool fixed = magnitude >= 1e-6 && magnitude < 1e21;
    const auto end = std::to_chars(buffer.begin(), buffer.end(), value,
                                   fixed ? std::chars_format::fixed : std::chars_format::scientific);
    QString text = QString::fromLatin1(buffer.data(), qsizetype(end.ptr - buffer.data()));
    if (!fixed) { // C++ writes at least two digits of exponent, JavaScript as few as needed
        const qsizetype exponent = text.indexOf(QLatin1Char('e')) + 2;
        while (exponent < text.size() - 1 && text.at(exponent) == QLatin1Char('0')) {
            text.remove(exponent, 1);
        }
    }
    return text;
}

} // namespace gesso
