// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QWidget>

namespace gesso {

// What edits one field, or a pair that belongs together (width and height: parts 0 and 1). Editors know
// values, not the document: FieldRow stands between. setValue() comes from the document, also by undo, and
// emits nothing.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual Json value(int part = 0) const = 0;
    virtual void setValue(const Json& value, int part = 0) = 0;
    virtual void setLocalFile(const QString& path); // pictures: the file of this machine behind the value
    virtual void setReadOnly(bool readOnly) = 0;
    virtual void setInvalid(bool invalid);

    virtual QWidget* focusTarget(int part = 0) const = 0; // the label's buddy
    virtual QList<QWidget*> tabStops() const; // in order; focusTarget() alone unless said otherwise
    virtual QWidget* trailing() const; // stands at the label's right end: a count, a state, a menu
    virtual bool standsBesideLabel() const; // small enough to need no line of its own

Q_SIGNALS:
    void edited(int part);
    void editingFinished(); // the next edit is an undo step of its own
    void localFileChosen(const QString& path);
    void problemChanged(const QString& problem); // what is typed means no value yet; empty when mended
};

} // namespace gesso
