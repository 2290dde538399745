// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/undokeys.h"

#include <QKeyEvent>
#include <QUndoStack>

namespace gesso {

UndoKeys::UndoKeys(QUndoStack* stack, QObject* parent)
    : QObject(parent)
    , m_stack(stack)
{
}

bool UndoKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const bool undo = key->matches(QKeySequence::Undo);
    const bool redo = key->matches(QKeySequence::Redo);
    if ((!undo && !redo) || !m_stack)
        return QObject::eventFilter(watched, event);
    // Accepting the override brings the key back as a press, to this filter alone.
    event->accept();
    if (event->type() == QEvent::KeyPress) {
        if (undo)
            m_stack->undo();
        else
            m_stack->redo();
    }
    return true;
}

} // namespace gesso
