// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/widgets/numberrule.h"

#include <QFrame>
#include <QPoint>

class QHBoxLayout;
class QLineEdit;

namespace gesso {

class ThemeController;

// A number field: type it, or arithmetic such as 1024*1.5; drag it sideways (Shift for fine, Ctrl for
// coarse); ↑ and ↓ step, Page keys ten steps; the wheel steps only while it has the focus. A value is told
// while it is typed as soon as the text means an allowed one; leaving the field or Enter clamps and tidies,
// Esc takes back.
class NumberEdit : public QFrame
{
    Q_OBJECT

public:
    explicit NumberEdit(const ThemeController& theme, QWidget* parent = nullptr);

    void setRule(const NumberRule& rule);
    const NumberRule& rule() const { return m_rule; }

    Number value() const { return m_value; }
    void setValue(const Number& value); // from outside: shown as it is, also out of range; emits nothing
    void editTo(const Number& value); // as if a person had set it: limited, and told
    void setReadOnly(bool readOnly);
    void setBare(); // no frame or margins of its own: part of a larger field
    void commit(); // takes what is typed; keeps the focus

    QLineEdit* lineEdit() const { return m_edit; }
    void addTrailing(QWidget* widget, int stretch = 0); // inside the frame, right of the number

Q_SIGNALS:
    void valueEdited();
    void editingFinished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void onTextEdited(const QString& text);
    void step(double steps);
    void take(const Number& value); // an edit: emits when it differs
    void showValue();
    bool onKeyPress(class QKeyEvent* event);
    bool onMouse(class QMouseEvent* event);
    bool onWheel(class QWheelEvent* event);

    NumberRule m_rule;
    Number m_value;
    Number m_beforeEdit; // what Esc returns to
    QLineEdit* m_edit;
    QHBoxLayout* m_row;
    // A press that may become a drag.
    std::optional<QPoint> m_press;
    bool m_dragging = false;
    Number m_dragStart;
    int m_wheelRest = 0;
};

} // namespace gesso
