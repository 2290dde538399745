// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QProgressBar;
class QPushButton;

namespace gesso {

class ElidedLabel;
class SteadyLabel;
class StageViewModel;

// Under the picture while a run is under way: which node, which step, how far, how long, and Cancel.
class ProgressLine : public QFrame
{
    Q_OBJECT

public:
    explicit ProgressLine(StageViewModel& stage, QWidget* parent = nullptr);

Q_SIGNALS:
    void cancelRequested();

private:
    void showProgress();

    StageViewModel& m_stage;
    ElidedLabel* m_node = nullptr;
    SteadyLabel* m_step = nullptr;
    SteadyLabel* m_percent = nullptr;
    SteadyLabel* m_timeLeft = nullptr;
    QPushButton* m_cancel = nullptr;
    QProgressBar* m_bar = nullptr;
};

} // namespace gesso
