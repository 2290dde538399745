// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commandlist.h"

#include "viewmodels/library/fuzzymatch.h"

#include <algorithm>
#include <utility>

namespace gesso {

CommandList::CommandList(QObject* parent)
    : QAbstractListModel(parent)
{
}

void CommandList::setCommands(QList<Command> commands)
{
    m_commands = std::move(commands);
    rank();
}

void CommandList::setQuery(const QString& typed)
{
    m_query = typed.trimmed();
    rank();
}

void CommandList::rank()
{
    beginResetModel();
    m_shown.clear();
    QList<std::pair<int, int>> scored; // score, index
    for (int i = 0; i < m_commands.size(); ++i) {
        const int score = m_query.isEmpty() ? 1 : fuzzyScore(m_query, m_commands[i].title);
        if (score > 0)
            scored.emplaceBack(score, i);
    }
    // What cannot be done now comes last, so that Enter always does something.
    const auto better = [this](const auto& a, const auto& b) {
        const bool aEnabled = m_commands[a.second].enabled;
        const bool bEnabled = m_commands[b.second].enabled;
        return aEnabled != bEnabled ? aEnabled : !m_query.isEmpty() && a.first > b.first;
    };
    std::stable_sort(scored.begin(), scored.end(), better);
    for (const auto& [score, index] : std::as_const(scored))
        m_shown.append(index);
    endResetModel();
}

int CommandList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant CommandList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Command& command = at(index.row());
    switch (role) {
    case TitleRole:
        return command.title;
    case HintRole:
        return command.shortcut.isEmpty() ? command.kind : command.shortcut;
    case Qt::DecorationRole:
        return command.icon;
    case Qt::AccessibleDescriptionRole:
        return command.kind;
    default:
        return {};
    }
}

Qt::ItemFlags CommandList::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemNeverHasChildren | Qt::ItemIsSelectable;
    return at(index.row()).enabled ? flags | Qt::ItemIsEnabled : flags;
}

} // namespace gesso
