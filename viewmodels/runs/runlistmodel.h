// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runservice.h"

#include <QAbstractListModel>
#include <QImage>
#include <QPointer>

namespace gesso
{

// The runs of this session, newest first.
class RunListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        TitleRole = Qt::DisplayRole,
        IdRole = Qt::UserRole, // PromptId text
        DetailRole, // what differs: "seed 8817432960155"
        StateRole, // "61 %", "waiting", "done", "failed" …
        ToneRole, // "accent", "", "good", "warn", "bad"
        PhaseRole, // int(RunPhase)
        ProgressRole, // 0…1
        TimeRole, // "12–15 s left" or "8.2 s"
        MessageRole, // error in plain words
        ThumbnailRole, // QImage
        CanCancelRole,
    };

    explicit RunListModel(QObject* parent = nullptr);

    void setService(RunService* service); // rows of an earlier service stay, ended or lost
    PromptId idAt(int row) const;
    const RunState* stateOf(const PromptId& id) const;
    void setThumbnail(const PromptId& id, const QImage& image);
    int activeCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void activeCountChanged();

private:
    struct Row;
    void onAdded(const PromptId& id);
    void onChanged(const PromptId& id);

    QList<std::shared_ptr<Row>> m_rows;
    QPointer<RunService> m_service;
};

} // namespace gesso
