// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/number.h"

#include <QLocale>

#include <cmath>
#include <limits>

namespace gesso {

namespace {

// A recursive-descent reader of arithmetic. Bounded depth: the text may be pasted.
class ExpressionReader
{
public:
    explicit ExpressionReader(const QString& text)
        : m_text(text)
    {
    }

    std::optional<Number> read()
    {
        const std::optional<Number> value = sum();
        return value && next().isNull() && std::isfinite(value->toDouble()) ? value : std::nullopt;
    }

private:
    QChar next()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : QChar();
    }

    bool take(char16_t c)
    {
        if (next() != QChar(c))
            return false;
        ++m_at;
        return true;
    }

    std::optional<Number> sum()
    {
        std::optional<Number> left = product();
        while (left) {
            const bool minus = take(u'-') || take(u'\u2212');
            if (!minus && !take(u'+'))
                break;
            const std::optional<Number> right = product();
            if (!right)
                return std::nullopt;
            left = minus ? *left - *right : *left + *right;
        }
        return left;
    }

    std::optional<Number> product()
    {
        std::optional<Number> left = unary();
        while (left) {
            const bool times = take(u'*') || take(u'\u00d7');
            if (!times && !take(u'/') && !take(u'\u00f7'))
                break;
            const std::optional<Number> right = unary();
            if (!right)
                return std::nullopt;
            left = times ? *left * *right : *left / *right;
        }
        return left;
    }

    std::optional<Number> unary()
    {
        constexpr int maxDepth = 64;
        if (++m_depth > maxDepth)
            return std::nullopt;
        std::optional<Number> value;
        if (take(u'-') || take(u'\u2212')) {
            if (const auto inner = unary())
                value = -*inner;
        } else if (take(u'+')) {
            value = unary();
        } else if (take(u'(')) {
            value = sum();
            if (!take(u')'))
                value.reset();
        } else {
            value = literal();
        }
        --m_depth;
        return value;
    }

    std::optional<Number> literal()
    {
        if (next().isNull())
            return std::nullopt;
        const qsizetype start = m_at;
        const auto digits = [this] {
            while (m_at < m_text.size() && m_text[m_at] >= u'0' && m_text[m_at] <= u'9')
                ++m_at;
        };
        digits();
        bool whole = true;
        if (m_at < m_text.size() && (m_text[m_at] == u'.' || m_text[m_at] == u',')) {
            whole = false;
            ++m_at;
            digits();
        }
        if (m_at > start && m_at < m_text.size() && m_text[m_at].toLower() == u'e') {
            const qsizetype mark = m_at++;
            if (m_at < m_text.size() && (m_text[m_at] == u'-' || m_text[m_at] == u'+'))
                ++m_at;
            const qsizetype exponent = m_at;
            digits();
            if (m_at == exponent)
                m_at = mark;
            else
                whole = false;
        }
        const QString word = m_text.sliced(start, m_at - start).replace(u',', u'.');
        bool ok = false;
        if (whole) {
            const quint64 value = word.toULongLong(&ok);
            if (ok)
                return Number::fromUnsigned(value);
        }
        const double value = word.toDouble(&ok);
        return ok ? std::optional(Number::fromReal(value)) : std::nullopt;
    }

    const QString& m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
};

} // namespace

Number Number::exact(bool negative, quint64 magnitude)
{
    Number number;
    number.m_negative = negative && magnitude != 0;
    number.m_magnitude = magnitude;
    return number;
}

Number Number::fromInteger(qint64 value)
{
    return exact(value < 0, value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value));
}

Number Number::fromUnsigned(quint64 value)
{
    return exact(false, value);
}

Number Number::fromReal(double value)
{
    Number number;
    number.m_integer = false;
    number.m_real = value;
    return number;
}

std::optional<Number> Number::fromJson(const Json& value)
{
    if (value.is_number_unsigned())
        return fromUnsigned(value.get<std::uint64_t>());
    if (value.is_number_integer())
        return fromInteger(value.get<std::int64_t>());
    if (value.is_number_float() && std::isfinite(value.get<double>()))
        return fromReal(value.get<double>());
    return std::nullopt;
}

std::optional<Number> Number::evaluate(const QString& expression)
{
    constexpr qsizetype longest = 200;
    return expression.size() > longest ? std::nullopt : ExpressionReader(expression).read();
}

double Number::toDouble() const
{
    if (!m_integer)
        return m_real;
    return m_negative ? -static_cast<double>(m_magnitude) : static_cast<double>(m_magnitude);
}

Json Number::toJson() const
{
    if (!m_integer)
        return m_real;
    if (!m_negative)
        return m_magnitude;
    // Below the signed range only a double is left.
    constexpr quint64 lowest = quint64(1) << 63;
    return m_magnitude > lowest ? Json(toDouble()) : Json(static_cast<std::int64_t>(0 - m_magnitude));
}

QString Number::text() const
{
    if (m_integer)
        return (m_negative ? QStringLiteral("-") : QString()) + QString::number(m_magnitude);
    QString text = QString::number(m_real, 'g', QLocale::FloatingPointShortest);
    // A decimal tells the eye that this one takes decimals.
    if (!text.contains(QLatin1Char('.')) && !text.contains(QLatin1Char('e')))
        text += QLatin1String(".0");
    return text;
}

Number Number::rounded() const
{
    if (m_integer)
        return *this;
    const double whole = std::round(std::fabs(m_real));
    constexpr double beyond = 18446744073709551616.0; // 2^64
    if (std::isnan(whole)) // what dividing nothing by nothing gives
        return exact(false, 0);
    const quint64 magnitude =
        whole >= beyond ? std::numeric_limits<quint64>::max() : static_cast<quint64>(whole);
    return exact(m_real < 0, magnitude);
}

Number Number::operator-() const
{
    return m_integer ? exact(!m_negative, m_magnitude) : fromReal(-m_real);
}

Number operator+(const Number& a, const Number& b)
{
    if (a.m_integer && b.m_integer) {
        if (a.m_negative == b.m_negative) {
            if (a.m_magnitude <= std::numeric_limits<quint64>::max() - b.m_magnitude)
                return Number::exact(a.m_negative, a.m_magnitude + b.m_magnitude);
        } else if (a.m_magnitude >= b.m_magnitude) {
            return Number::exact(a.m_negative, a.m_magnitude - b.m_magnitude);
        } else {
            return Number::exact(b.m_negative, b.m_magnitude - a.m_magnitude);
        }
    }
    return Number::fromReal(a.toDouble() + b.toDouble());
}

Number operator*(const Number& a, const Number& b)
{
    if (a.m_integer && b.m_integer) {
        const bool fits =
            a.m_magnitude == 0 || b.m_magnitude <= std::numeric_limits<quint64>::max() / a.m_magnitude;
        if (fits)
            return Number::exact(a.m_negative != b.m_negative, a.m_magnitude * b.m_magnitude);
    }
    return Number::fromReal(a.toDouble() * b.toDouble());
}

Number operator/(const Number& a, const Number& b)
{
    if (a.m_integer && b.m_integer && b.m_magnitude != 0 && a.m_magnitude % b.m_magnitude == 0)
        return Number::exact(a.m_negative != b.m_negative, a.m_magnitude / b.m_magnitude);
    return Number::fromReal(a.toDouble() / b.toDouble());
}

std::partial_ordering Number::operator<=>(const Number& other) const
{
    if (!m_integer || !other.m_integer)
        return toDouble() <=> other.toDouble();
    if (m_negative != other.m_negative)
        return m_negative ? std::partial_ordering::less : std::partial_ordering::greater;
    return m_negative ? other.m_magnitude <=> m_magnitude : m_magnitude <=> other.m_magnitude;
}

} // namespace gesso
