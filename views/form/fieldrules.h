// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/widgets/numberrule.h"

namespace gesso {

// The limits of a number field for its editor.
NumberRule numberRule(const Field& field);

// The range a slider covers, where one makes sense: what the schema asks for, or the part of a wide range
// that people use (20 steps of 10000 allowed). Nothing where a bar would say nothing.
struct SliderRange {
    double from = 0;
    double to = 1;
};
std::optional<SliderRange> sliderRange(const Field& field);

// The editor a field really gets: its kind, unless its present value does not fit that kind; then raw JSON,
// so that no value is lost or guessed.
FieldKind editorKind(const Field& field);

// Whether a field is short enough for half the width.
bool isHalfWide(const Field& field);

// One line for the tooltip: help of the schema, and where the value goes ("KSampler · steps · 1 to 10000").
QString helpText(const Field& field);

} // namespace gesso
