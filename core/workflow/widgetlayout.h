// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graph.h"
#include "core/workflow/nodedefinition.h"

namespace gesso {

// Where a widget's value stands in widgets_values (conversion.md, 3). Shared by the converter, the form and
// saving, so that all three agree.
struct WidgetColumn {
    const InputDefinition* input = nullptr;
    qsizetype column = -1; // into the saved array; -1 for a widget that is never saved
    qsizetype controlColumn = -1; // of the control_after_generate value; -1 if none
};

// The columns of a node in order, after the forceInput shift where it applies.
QList<WidgetColumn> widgetColumns(const NodeDefinition& definition, const GraphNode& node);

// The value a widget has in the file, before 3.7; nullptr if there is none there.
const Json* savedWidgetValue(const GraphNode& node, const QString& input, qsizetype column);

// The value the front end would show: saved, by name for object values, else the default; coerced as in 3.7.
Json widgetValue(const NodeDefinition& definition, const GraphNode& node, const QString& input);
Json widgetValue(const GraphNode& node, const WidgetColumn& column);

// Sets it in node.widgetsValues, filling missing earlier columns with defaults; a choice that brings other
// inputs moves the columns of the widgets after it. False if the node has no such widget.
bool setWidgetValue(const NodeDefinition& definition, GraphNode& node, const QString& input,
                    const Json& value);

} // namespace gesso
