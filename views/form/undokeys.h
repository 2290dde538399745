// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QUndoStack;

namespace gesso {

// Line and text edits keep an undo history of their own and take Ctrl+Z for it. Installed on them, this gives
// those keys to the document's one history instead.
class UndoKeys : public QObject
{
    Q_OBJECT

public:
    UndoKeys(QUndoStack* stack, QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPointer<QUndoStack> m_stack;
};

} // namespace gesso
