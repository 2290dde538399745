// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/field.h"
#include "views/form/formcontext.h"

class QWidget;

namespace gesso {

class FieldEditor;

// The editor for a field by editorKind(); for a width and a height, the one for both.
FieldEditor* makeEditor(const Field& field, const FormContext& context, QWidget* parent);
FieldEditor* makeSizeEditor(const Field& width, const Field& height, const FormContext& context,
                            QWidget* parent);

} // namespace gesso
