// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QAbstractListModel>

#include <functional>

namespace gesso {

enum class NoticeTone { Info, Good, Warning, Bad };

// A message with ways out, shown as a bar over the stage's lower edge region and never as a modal box.
struct Notice {
    struct Action {
        QString label;
        std::function<void()> run;
    };
    quint64 id = 0; // given by NoticeList
    QString key; // a notice replaces an earlier one of the same non-empty key
    NoticeTone tone = NoticeTone::Info;
    QString text; // plain text
    QString detail; // folded away, copyable
    QList<Action> actions;
    int timeoutMs = 0; // 0: stays until dismissed
};

class NoticeList : public QAbstractListModel
{
    Q_OBJECT

public:
    // ToneRole: NoticeTone; ActionsRole: the labels as a QStringList.
    enum Role { TextRole = Qt::DisplayRole, ToneRole = Qt::UserRole, DetailRole, ActionsRole, IdRole };

    explicit NoticeList(QObject* parent = nullptr);

    quint64 post(Notice notice);
    quint64 post(const Error& error, QList<Notice::Action> actions = {}, const QString& key = {});
    void dismiss(quint64 id);
    void dismissKey(const QString& key);
    void trigger(quint64 id, int action); // dismisses the notice, then runs its action
    const Notice& at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    int rowOf(quint64 id) const;
    int rowOfKey(const QString& key) const;

    QList<Notice> m_notices;
    quint64 m_nextId = 1;
};

} // namespace gesso
