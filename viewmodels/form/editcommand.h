// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/form/fieldedit.h"

#include <QUndoCommand>

#include <functional>

namespace gesso {

// One change of one field. Changes of the same field in the same session (one stretch of typing) become one.
class EditCommand : public QUndoCommand
{
public:
    using Apply = std::function<void(const WidgetRef&, const FieldState&)>;

    EditCommand(Apply apply, WidgetRef ref, FieldState before, FieldState after, int session,
                QUndoCommand* parent = nullptr);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand* other) override;

private:
    Apply m_apply;
    WidgetRef m_ref;
    FieldState m_before;
    FieldState m_after;
    int m_session;
};

} // namespace gesso
