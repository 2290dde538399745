// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/editorfactory.h"

#include "views/form/editors/booleaneditor.h"
#include "views/form/editors/comboeditor.h"
#include "views/form/editors/imageeditor.h"
#include "views/form/editors/multilinetexteditor.h"
#include "views/form/editors/numbereditor.h"
#include "views/form/editors/rawjsoneditor.h"
#include "views/form/editors/seededitor.h"
#include "views/form/editors/sizeeditor.h"
#include "views/form/editors/texteditor.h"
#include "views/form/fieldrules.h"

namespace gesso {

FieldEditor* makeEditor(const Field& field, const FormContext& context, QWidget* parent)
{
    switch (editorKind(field)) {
    case FieldKind::MultilineText:
        return new MultilineTextEditor(field, context.theme, parent);
    case FieldKind::Text:
        return new TextEditor(field, parent);
    case FieldKind::Integer:
    case FieldKind::Float:
        return new NumberEditor(field, context.theme, parent);
    case FieldKind::Seed:
        return new SeedEditor(field, context.theme, context.seeds, parent);
    case FieldKind::Combo:
    case FieldKind::File:
        return new ComboEditor(field, context.theme, parent);
    case FieldKind::Boolean:
        return new BooleanEditor(field, context.theme, parent);
    case FieldKind::Image:
    case FieldKind::Mask:
        return new ImageEditor(field, context, parent);
    case FieldKind::RawJson:
        break;
    }
    return new RawJsonEditor(parent);
}

FieldEditor* makeSizeEditor(const Field& width, const Field& height, const FormContext& context,
                            QWidget* parent)
{
    return new SizeEditor(width, height, context.theme, parent);
}

} // namespace gesso
