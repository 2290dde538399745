// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/statusline.h"

#include "viewmodels/shell/shellviewmodel.h"
#include "views/theme/theme.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/showntext.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>

namespace gesso {

namespace {

// "Pictures/Gesso": the home folder goes without saying, and the end matters more than the beginning.
QString shortFolder(const QString& folder)
{
    const QString home = QDir::homePath() + QLatin1Char('/');
    const QString shown = folder.startsWith(home) ? folder.mid(home.size()) : folder;
    constexpr qsizetype longest = 60;
    return shown.size() <= longest ? shown : QStringLiteral("…") + shown.right(longest);
}

} // namespace

StatusLine::StatusLine(ShellViewModel& shell, QWidget* parent)
    : QStatusBar(parent)
    , m_shell(shell)
    , m_runs(new QLabel(this))
    , m_server(new QLabel(this))
    , m_output(new QPushButton(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(space::tight, 0, space::tight, 0);
    m_runs->setContentsMargins(space::small, 0, 0, 0);
    m_server->setContentsMargins(space::large, 0, 0, 0);
    m_runs->setObjectName(QStringLiteral("statusRuns"));
    m_server->setTextFormat(Qt::PlainText);
    m_runs->setTextFormat(Qt::PlainText);
    m_output->setObjectName(QStringLiteral("statusOutput"));
    m_output->setProperty("role", QStringLiteral("link"));
    m_output->setProperty("tone", QStringLiteral("muted"));
    m_output->setCursor(Qt::PointingHandCursor);
    addWidget(m_runs);
    addWidget(m_server);
    addPermanentWidget(m_output);
    connect(m_output, &QPushButton::clicked, this, &StatusLine::outputFolderClicked);
    connect(&m_shell.runs(), &RunListModel::activeCountChanged, this, &StatusLine::showRuns);
    connect(&m_shell.runs(), &RunListModel::dataChanged, this, &StatusLine::showRuns);
    connect(&m_shell.server(), &ServerViewModel::changed, this, &StatusLine::showServer);
    connect(&m_shell.server(), &ServerViewModel::sessionChanged, this, &StatusLine::showServer);
    connect(&m_shell, &ShellViewModel::outputFolderChanged, this, &StatusLine::showOutput);
    showRuns();
    showServer();
    showOutput();
}

void StatusLine::showRuns()
{
    int running = 0;
    const RunListModel& runs = m_shell.runs();
    const int active = runs.activeCount();
    // Active runs are few and among the newest rows: no need to look at the whole session.
    for (int row = 0, seen = 0; row < runs.rowCount() && seen < active; ++row) {
        const auto phase = static_cast<RunPhase>(runs.index(row).data(RunListModel::PhaseRole).toInt());
        if (isEnded(phase))
            continue;
        ++seen;
        if (phase == RunPhase::Running || phase == RunPhase::Fetching)
            ++running;
    }
    const int waiting = active - running;
    QStringList parts;
    if (running > 0)
        parts << tr("Running %1").arg(running);
    if (waiting > 0)
        parts << tr("waiting %1").arg(waiting);
    m_runs->setText(parts.isEmpty() ? tr("Idle") : parts.join(QStringLiteral(" · ")));
}

void StatusLine::showServer()
{
    m_server->setText(shownText(m_shell.server().statusLine(), longestLine));
}

void StatusLine::showOutput()
{
    const QString folder = m_shell.outputFolder();
    m_output->setText(shownLabel(tr("Saved to %1").arg(shortFolder(folder))));
    m_output->setToolTip(plainToolTip(tr("Show %1").arg(folder)));
    m_output->setAccessibleName(tr("Output folder %1").arg(folder));
}

} // namespace gesso
