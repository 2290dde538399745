// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "views/shell/commandlist.h"

#include <QFrame>

class QLabel;
class QListView;

namespace gesso {

class SearchField;
class ThemeController;

// Ctrl+K: type a few letters of an action, a workflow or a result, Enter does it. Closes when it is left.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(const ThemeController& theme, QWidget* parent);

    void open(QList<Command> commands, const QRect& field); // field: in the parent's coordinates
    QListView& list() { return *m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void runCurrent();
    void moveBy(int rows);
    void fitHeight();

    CommandList m_commands;
    SearchField* m_search = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_nothing = nullptr;
};

} // namespace gesso
