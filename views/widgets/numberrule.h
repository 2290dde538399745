// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/widgets/number.h"

namespace gesso {

// What a number field allows: the limits of the schema, as ComfyUI's own front end applies them.
struct NumberRule {
    bool integer = true;
    std::optional<Number> min;
    std::optional<Number> max;
    Number step = Number::fromInteger(1);
    double round = 0; // FLOAT: to a multiple of this; 0 for none

    bool contains(const Number& value) const;

    // The nearest allowed value: whole for integers and on their step (counted from min), rounded, then
    // clamped.
    Number nearest(const Number& value) const;

    // `steps` steps from `value`, clamped.
    Number stepped(const Number& value, double steps) const;
};

} // namespace gesso
