// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/numberedit.h"

#include "views/theme/themecontroller.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace gesso {

NumberEdit::NumberEdit(const ThemeController& theme, QWidget* parent)
    : QFrame(parent)
    , m_edit(new QLineEdit(this))
    , m_row(new QHBoxLayout(this))
{
    setProperty("role", QStringLiteral("field"));
    setFixedHeight(theme.pixels(MetricToken::FieldHeight));
    m_edit->setProperty("role", QStringLiteral("inner"));
    // A click is given by onMouse: it may be the start of a drag.
    m_edit->setFocusPolicy(Qt::TabFocus);
    m_edit->setCursor(Qt::SizeHorCursor);
    m_edit->setMaxLength(200);
    m_edit->installEventFilter(this);
    // A line edit adds two pixels of its own: texts of all fields start 8 from the edge.
    m_row->setContentsMargins(space::small - 3, 0, space::tight, 0);
    m_row->setSpacing(space::small);
    m_row->addWidget(m_edit, 1);
    connect(m_edit, &QLineEdit::textEdited, this, &NumberEdit::onTextEdited);
    showValue();
}

void NumberEdit::addTrailing(QWidget* widget, int stretch)
{
    m_row->addWidget(widget, stretch);
}

void NumberEdit::setRule(const NumberRule& rule)
{
    m_rule = rule;
}

void NumberEdit::setBare()
{
    setStyleProperty(this, "role", QStringLiteral("bare"));
    setFixedHeight(maximumHeight() - 2); // inside the border of what it is part of
    m_row->setContentsMargins(0, 0, 0, 0);
}

void NumberEdit::editTo(const Number& value)
{
    if (m_edit->isReadOnly())
        return;
    take(m_rule.nearest(value));
    showValue();
}

void NumberEdit::setReadOnly(bool readOnly)
{
    m_edit->setReadOnly(readOnly);
    setEnabled(!readOnly);
}

void NumberEdit::setValue(const Number& value)
{
    m_value = value;
    // What is being typed means this value already: leave the text and the caret alone.
    if (m_edit->hasFocus() && m_edit->isModified()) {
        const std::optional<Number> typed = Number::evaluate(m_edit->text());
        if (typed && m_rule.nearest(*typed) == value)
            return;
    }
    showValue();
}

void NumberEdit::showValue()
{
    const QString text = m_value.text();
    if (m_edit->text() != text)
        m_edit->setText(text);
    m_edit->setModified(false);
    if (!m_edit->hasFocus())
        m_edit->setCursorPosition(0);
}

void NumberEdit::take(const Number& value)
{
    if (value == m_value && value.isInteger() == m_value.isInteger())
        return;
    m_value = value;
    Q_EMIT valueEdited();
}

void NumberEdit::onTextEdited(const QString& text)
{
    const std::optional<Number> typed = Number::evaluate(text);
    if (typed && m_rule.contains(*typed))
        take(m_rule.nearest(*typed));
}

void NumberEdit::commit()
{
    if (m_edit->isReadOnly() || !m_edit->isModified())
        return;
    if (const std::optional<Number> typed = Number::evaluate(m_edit->text()))
        take(m_rule.nearest(*typed));
    showValue();
}

void NumberEdit::step(double steps)
{
    if (m_edit->isReadOnly())
        return;
    commit();
    take(m_rule.stepped(m_value, steps));
    showValue();
    if (m_edit->hasFocus())
        m_edit->selectAll();
}

bool NumberEdit::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
        m_beforeEdit = m_value;
        m_edit->setCursor(Qt::IBeamCursor);
        setStyleProperty(this, "focused", true);
        break;
    case QEvent::FocusOut:
        m_edit->setCursor(Qt::SizeHorCursor);
        setStyleProperty(this, "focused", false);
        commit();
        m_edit->deselect();
        Q_EMIT editingFinished();
        break;
    case QEvent::ShortcutOverride: {
        // Ctrl+Enter generates: what is typed counts.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter)
            commit();
        break;
    }
    case QEvent::KeyPress:
        if (onKeyPress(static_cast<QKeyEvent*>(event)))
            return true;
        break;
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
        if (onMouse(static_cast<QMouseEvent*>(event)))
            return true;
        break;
    case QEvent::Wheel:
        return onWheel(static_cast<QWheelEvent*>(event));
    default:
        break;
    }
    return QFrame::eventFilter(watched, event);
}

bool NumberEdit::onKeyPress(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        step(event->modifiers() & Qt::ControlModifier ? 10 : 1);
        return true;
    case Qt::Key_Down:
        step(event->modifiers() & Qt::ControlModifier ? -10 : -1);
        return true;
    case Qt::Key_PageUp:
        step(10);
        return true;
    case Qt::Key_PageDown:
        step(-10);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        commit();
        m_beforeEdit = m_value;
        m_edit->selectAll();
        if (event->modifiers() & Qt::ControlModifier)
            return false;
        Q_EMIT editingFinished();
        return true;
    case Qt::Key_Escape:
        if (!m_edit->isModified())
            return false;
        take(m_beforeEdit);
        showValue();
        m_edit->selectAll();
        return true;
    default:
        return false;
    }
}

// Without the focus a press waits: a click gives the focus, a sideways move changes the value.
bool NumberEdit::onMouse(QMouseEvent* event)
{
    if (m_edit->hasFocus() && !m_press)
        return false;
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        if (event->button() != Qt::LeftButton || m_edit->isReadOnly())
            return false;
        m_press = event->globalPosition().toPoint();
        m_dragStart = m_value;
        return true;
    case QEvent::MouseMove: {
        if (!m_press)
            return false;
        const int moved = event->globalPosition().toPoint().x() - m_press->x();
        if (!m_dragging && qAbs(moved) < QApplication::startDragDistance())
            return true;
        m_dragging = true;
        constexpr double pixelsPerStep = 8;
        double steps = moved / pixelsPerStep;
        if (event->modifiers() & Qt::ShiftModifier)
            steps /= 10;
        if (event->modifiers() & Qt::ControlModifier)
            steps *= 10;
        take(m_rule.stepped(m_dragStart, steps > 0 ? std::floor(steps) : std::ceil(steps)));
        showValue();
        return true;
    }
    case QEvent::MouseButtonRelease:
        if (!m_press)
            return false;
        m_press.reset();
        if (std::exchange(m_dragging, false)) {
            Q_EMIT editingFinished();
        } else {
            m_edit->setFocus(Qt::MouseFocusReason);
            m_edit->selectAll();
        }
        return true;
    default:
        return false;
    }
}

// Only with the focus: scrolling the form must never change a value by accident.
bool NumberEdit::onWheel(QWheelEvent* event)
{
    if (!m_edit->hasFocus() || m_edit->isReadOnly()) {
        event->ignore();
        return true;
    }
    constexpr int notch = 120;
    m_wheelRest += event->angleDelta().y();
    const int notches = m_wheelRest / notch;
    m_wheelRest -= notches * notch;
    if (notches != 0)
        step(notches);
    event->accept();
    return true;
}

} // namespace gesso
