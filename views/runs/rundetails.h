// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace gesso {

struct RunState;

// Why the chosen run ended badly: the sentence, the way out, and what a developer wants, folded and copyable.
class RunDetails : public QFrame
{
    Q_OBJECT

public:
    explicit RunDetails(QWidget* parent = nullptr);

    void showRun(const RunState* state); // hides itself when there is nothing to say

Q_SIGNALS:
    void retryDownloadRequested();

private:
    QLabel* m_message = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_fold = nullptr;
    QPushButton* m_copy = nullptr;
    QPlainTextEdit* m_detail = nullptr;
};

} // namespace gesso
