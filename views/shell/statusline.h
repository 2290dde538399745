// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStatusBar>

class QLabel;
class QPushButton;

namespace gesso {

class ShellViewModel;

// The window's lowest line: what is running, how the server does, where results go.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(ShellViewModel& shell, QWidget* parent = nullptr);

Q_SIGNALS:
    void outputFolderClicked();

private:
    void showRuns();
    void showServer();
    void showOutput();

    ShellViewModel& m_shell;
    QLabel* m_runs = nullptr;
    QLabel* m_server = nullptr;
    QPushButton* m_output = nullptr;
};

} // namespace gesso
