// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runservice.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QImage>
#include <QPointer>
#include <QSet>
#include <QTimer>

#include <memory>
#include <vector>

namespace gesso {

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
        CanRunAgainRole, // lost, and not run again so far
    };

    explicit RunListModel(QObject* parent = nullptr);
    ~RunListModel() override;

    void setService(RunService* service); // rows of an earlier service stay, ended or lost
    PromptId idAt(int row) const;
    const RunState* stateOf(const PromptId& id) const; // valid until the next signal
    const RunRequest* requestOf(const PromptId& id) const; // as stateOf()
    void setThumbnail(const PromptId& id, const QImage& image);
    int activeCount() const;
    QList<PromptId> lostRuns() const; // lost, and not run again so far; oldest first
    void noteRunAgain(const PromptId& id);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void activeCountChanged();
    void lostRunsChanged();

private:
    struct Row;
    void onAdded(const PromptId& id);
    void onChanged(const PromptId& id);
    void announceProgress();
    void loseActiveRows();
    void updateActiveCount();
    int rowOf(const PromptId& id) const;
    QString timeText(const Row& row) const;

    std::vector<std::unique_ptr<Row>> m_rows; // oldest first: row 0 of the model is the last
    QPointer<RunService> m_service;
    QSet<PromptId> m_progressed; // since the last announcement
    QTimer m_announce;
    QElapsedTimer m_sinceStart;
    int m_activeCount = 0;
};

} // namespace gesso
