// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QString>

#include <compare>
#include <cstdint>
#include <optional>

namespace gesso {

// A number as a workflow keeps it: an exact integer from -(2^64-1) to 2^64-1 or a double. Seeds use the whole
// unsigned 64-bit range, which neither a double nor a signed integer holds.
class Number
{
public:
    Number() = default;
    static Number fromInteger(qint64 value);
    static Number fromUnsigned(quint64 value);
    static Number fromReal(double value); // stays a double also when it is whole
    static std::optional<Number> fromJson(const Json& value); // nothing unless a finite number

    // Arithmetic as a person types it: + - * / × ÷, parentheses, a decimal comma or point. Exact while
    // everything is an integer that fits; else a double. Nothing for anything else, or a result without
    // meaning.
    static std::optional<Number> evaluate(const QString& expression);

    bool isInteger() const { return m_integer; }
    double toDouble() const;
    Json toJson() const;
    QString text() const; // "20", "7.0", "0.05": the shortest text that reads back the same

    Number rounded() const; // to the nearest integer that fits
    Number operator-() const;
    friend Number operator+(const Number& a, const Number& b);
    friend Number operator-(const Number& a, const Number& b) { return a + -b; }
    friend Number operator*(const Number& a, const Number& b);
    friend Number operator/(const Number& a, const Number& b); // an integer only if it divides evenly

    std::partial_ordering operator<=>(const Number& other) const;
    bool operator==(const Number& other) const { return (*this <=> other) == 0; }

private:
    static Number exact(bool negative, quint64 magnitude);

    bool m_integer = true;
    bool m_negative = false;
    quint64 m_magnitude = 0;
    double m_real = 0;
};

} // namespace gesso
