// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QIcon>

#include <functional>

namespace gesso {

// One thing the command palette can do.
struct Command {
    QString title; // plain text
    QString kind; // "Action", "Workflow", "Result": at the right end
    QString shortcut; // shown instead of the kind if there is one
    QIcon icon;
    bool enabled = true;
    std::function<void()> run;
};

// The commands that match what was typed, best first; all of them, in their own order, while nothing is
// typed.
class CommandList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { TitleRole = Qt::DisplayRole, HintRole = Qt::UserRole };

    explicit CommandList(QObject* parent = nullptr);

    void setCommands(QList<Command> commands);
    void setQuery(const QString& typed);
    const Command& at(int row) const { return m_commands[m_shown[row]]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void rank();

    QList<Command> m_commands;
    QList<int> m_shown; // into m_commands
    QString m_query;
};

} // namespace gesso
