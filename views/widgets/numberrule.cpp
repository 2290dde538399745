// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/numberrule.h"

#include <cmath>

namespace gesso {

namespace {

// Cuts the noise of binary fractions: 0.1 × 3 is shown as 0.3.
double tidy(double value)
{
    return QString::number(value, 'g', 12).toDouble();
}

Number clamped(const NumberRule& rule, const Number& value)
{
    if (rule.min && value < *rule.min)
        return rule.integer ? rule.min->rounded() : *rule.min;
    if (rule.max && value > *rule.max)
        return rule.integer ? rule.max->rounded() : *rule.max;
    return value;
}

} // namespace

bool NumberRule::contains(const Number& value) const
{
    return !(min && value < *min) && !(max && value > *max);
}

Number NumberRule::nearest(const Number& value) const
{
    if (!integer) {
        double real = value.toDouble();
        if (round > 0)
            real = tidy(std::round(real / round) * round);
        const Number limited = clamped(*this, Number::fromReal(real));
        return Number::fromReal(limited.toDouble());
    }
    const Number whole = clamped(*this, value.rounded());
    if (!step.isInteger() || step <= Number::fromInteger(1))
        return whole;
    const Number base = min ? min->rounded() : Number();
    const Number snapped = base + ((whole - base) / step).rounded() * step;
    // The top of the range need not lie on a step.
    return snapped.isInteger() && contains(snapped) ? snapped : whole;
}

Number NumberRule::stepped(const Number& value, double steps) const
{
    if (integer) {
        const Number by = step.isInteger() ? step : Number::fromInteger(1);
        return nearest(value + by * Number::fromReal(steps).rounded());
    }
    const Number moved = Number::fromReal(tidy(value.toDouble() + steps * step.toDouble()));
    return nearest(moved);
}

} // namespace gesso
