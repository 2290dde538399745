// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/shell/noticelist.h"

#include "viewmodels/base/sentences.h"

#include <QTimer>

#include <algorithm>

namespace gesso {

NoticeList::NoticeList(QObject* parent)
    : QAbstractListModel(parent)
{
}

quint64 NoticeList::post(Notice notice)
{
    notice.id = m_nextId++;
    const quint64 id = notice.id;
    if (notice.timeoutMs > 0) {
        QTimer::singleShot(notice.timeoutMs, this, [this, id] { dismiss(id); });
    }
    const int row = notice.key.isEmpty() ? -1 : rowOfKey(notice.key);
    if (row >= 0) {
        m_notices[row] = std::move(notice);
        Q_EMIT dataChanged(index(row), index(row));
        return id;
    }
    const int end = int(m_notices.size());
    beginInsertRows({}, end, end);
    m_notices.append(std::move(notice));
    endInsertRows();
    return id;
}

quint64 NoticeList::post(const Error& error, QList<Notice::Action> actions, const QString& key)
{
    Notice notice;
    notice.key = key;
    notice.tone = error.kind == ErrorKind::Cancelled ? NoticeTone::Info : NoticeTone::Bad;
    notice.text = joinedSentences({error.message, error.hint});
    notice.detail = error.detail;
    notice.actions = std::move(actions);
    return post(std::move(notice));
}

void NoticeList::dismiss(quint64 id)
{
    const int row = rowOf(id);
    if (row >= 0) {
        beginRemoveRows({}, row, row);
        m_notices.removeAt(row);
        endRemoveRows();
    }
}

void NoticeList::dismissKey(const QString& key)
{
    const int row = rowOfKey(key);
    if (row >= 0) {
        dismiss(m_notices.at(row).id);
    }
}

void NoticeList::trigger(quint64 id, int action)
{
    const int row = rowOf(id);
    if (row < 0 || action < 0 || action >= m_notices.at(row).actions.size()) {
        return;
    }
    // A copy, and gone before it runs: the action may well post the next notice under the same key.
    const std::function<void()> run = m_notices.at(row).actions.at(action).run;
    dismiss(id);
    if (run) {
        run();
    }
}

const Notice& NoticeList::at(int row) const
{
    return m_notices.at(row);
}

int NoticeList::rowOf(quint64 id) const
{
    const auto it =
        std::find_if(m_notices.begin(), m_notices.end(), [id](const Notice& n) { return n.id == id; });
    return it == m_notices.end() ? -1 : int(it - m_notices.begin());
}

int NoticeList::rowOfKey(const QString& key) const
{
    const auto it =
        std::find_if(m_notices.begin(), m_notices.end(), [&key](const Notice& n) { return n.key == key; });
    return it == m_notices.end() ? -1 : int(it - m_notices.begin());
}

int NoticeList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_notices.size());
}

QVariant NoticeList::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Notice& notice = m_notices.at(index.row());
    switch (role) {
    case TextRole:
    case Qt::AccessibleTextRole:
        return notice.text;
    case ToneRole:
        return QVariant::fromValue(notice.tone);
    case DetailRole:
        return notice.detail;
    case ActionsRole: {
        QStringList labels;
        for (const Notice::Action& action : notice.actions) {
            labels.append(action.label);
        }
        return labels;
    }
    case IdRole:
        return notice.id;
    default:
        return {};
    }
}

} // namespace gesso
