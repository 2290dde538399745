// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/form/editcommand.h"

namespace gesso {

EditCommand::EditCommand(Apply apply, WidgetRef ref, FieldState before, FieldState after, int session,
                         QUndoCommand* parent)
    : QUndoCommand(parent)
    , m_apply(std::move(apply))
    , m_ref(std::move(ref))
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_session(session)
{
}

void EditCommand::undo()
{
    m_apply(m_ref, m_before);
}

void EditCommand::redo()
{
    m_apply(m_ref, m_after);
}

int EditCommand::id() const
{
    return 1;
} // any number but -1: only edits are on this stack

bool EditCommand::mergeWith(const QUndoCommand* other)
{
    const auto* next = dynamic_cast<const EditCommand*>(other);
    if (next == nullptr || next->m_session != m_session || next->m_ref != m_ref) {
        return false;
    }
    m_after = next->m_after;
    setObsolete(m_after == m_before); // typed and taken back: nothing to undo
    return true;
}

} // namespace gesso
