// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/fieldeditor.h"

#include "views/theme/themecontroller.h"

namespace gesso {

void FieldEditor::setLocalFile(const QString&) { }

void FieldEditor::setInvalid(bool invalid)
{
    setStyleProperty(focusTarget(), "invalid", invalid);
}

QList<QWidget*> FieldEditor::tabStops() const
{
    return {focusTarget()};
}

QWidget* FieldEditor::trailing() const
{
    return nullptr;
}

bool FieldEditor::standsBesideLabel() const
{
    return false;
}

} // namespace gesso
