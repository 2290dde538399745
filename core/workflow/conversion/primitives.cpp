// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/primitives.h"

#include "core/workflow/conversion/explainer.h"
#include "core/workflow/conversion/filenametokens.h"
#include "core/workflow/numbers.h"
#include "core/workflow/widgetcoercion.h"

#include <algorithm>
#include <cmath>

namespace gesso::conversion {
namespace {

constexpr double kDefaultFloatStep = 0.5; // the front end's

int precisionOf(double step)
{
    return step > 0 ? int(std::clamp(-std::floor(std::log10(step)), 0.0, 15.0)) : 0; // a step may be infinite
}

// An integer of any size stays exact unless it is over a limit.
Json limited(const InputDefinition& input, const Json& value)
{
    const Json* min = member(input.options, "min");
    const Json* max = member(input.options, "max");
    if (min && min->is_number() && compareNumbers(value, *min) < 0) {
        return *min;
    }
    if (max && max->is_number() && compareNumbers(value, *max) > 0) {
        return *max;
    }
    return value;
}

Json roundedInt(const InputDefinition& input, const Json& value)
{
    const double step = std::max(1.0, std::abs(numberMember(input.options, "step", 1)));
    if (value.is_number_integer() && step == 1.0) {
        return value;
    }
    const double shift = std::fmod(numberMember(input.options, "min"), step);
    const double rounded = std::floor((value.get<double>() - shift) / step + 0.5) * step + shift;
    constexpr double exactLimit = 9007199254740992.0;
    return std::abs(rounded) < exactLimit ? Json(qint64(rounded)) : Json(rounded);
}

Json roundedFloat(const InputDefinition& input, const Json& value)
{
    const double step = numberMember(input.options, "step", kDefaultFloatStep);
    const int precision = precisionOf(step);
    double round = numberMember(input.options, "round");
    if (round == 0 && precision > 0) {
        round = std::pow(0.1, precision);
    }
    if (round <= 0) {
        return value;
    }
    const double rounded = std::floor(value.get<double>() / round + 0.5) * round;
    return QString::number(rounded, 'f', precision).toDouble();
}

Json valueOf(const LiveNode& primitive, LiveGraph& graph, const QDateTime& now)
{
    const Json& values = primitive.node->widgetsValues;
    if (!values.is_array() || values.empty()) {
        return {};
    }
    const Json& value = values.front();
    if (value.is_string() && boolMember(primitive.node->properties, "Run widget replace on values")) {
        return toJson(withFilenameTokens(toQString(value), graph, now));
    }
    return value;
}

// The widget that took the value. There is none behind the wall of a subgraph: there version 1.58 keeps the
// inner widget's own value.
const LiveWidget* push(LiveNode& target, const QString& input, const Json& value)
{
    LiveWidget* widget = target.widget(input);
    if (widget) {
        widget->value =
            coerceWidgetValue(target.node->type, *widget->input, roundedForWidget(*widget->input, value));
        widget->origin = LiveWidget::Origin::Primitive;
    }
    return widget;
}

} // namespace

Json roundedForWidget(const InputDefinition& input, const Json& value)
{
    if (!value.is_number()) {
        return value;
    }
    const QString kind = input.widgetType();
    if (kind == u"INT") {
        return limited(input, roundedInt(input, limited(input, value)));
    }
    if (kind == u"FLOAT") {
        return limited(input, roundedFloat(input, limited(input, value)));
    }
    return value;
}

void applyPrimitives(LiveGraph& graph, const QDateTime& now, Explainer* explainer)
{
    for (LiveNode& node : graph.nodes) {
        for (LiveInput& input : node.inputs) {
            const GraphLink* link = input.link ? node.scope->level->link(*input.link) : nullptr;
            const LiveNode* origin = link ? node.scope->node(link->originNode) : nullptr;
            if (!origin || origin->kind != NodeKind::Primitive) {
                continue;
            }
            const Json value = valueOf(*origin, graph, now);
            const LiveWidget* written = value.is_null() ? nullptr : push(node, input.name, value);
            if (!written) {
                continue;
            }
            input.link.reset();
            if (explainer && node.isActive() && node.scope->isActive()) {
                explainer->written(node, input.name, *origin, written->value);
            }
        }
    }
}

} // namespace gesso::conversion
