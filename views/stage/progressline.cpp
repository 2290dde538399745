// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/progressline.h"

#include "viewmodels/runs/stageviewmodel.h"
#include "views/theme/theme.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/steadylabel.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int barSteps = 1000;

SteadyLabel* newLabel(QWidget* parent)
{
    auto* label = new SteadyLabel(parent);
    label->setProperty("tone", QStringLiteral("muted"));
    return label;
}

} // namespace

ProgressLine::ProgressLine(StageViewModel& stage, QWidget* parent)
    : QFrame(parent)
    , m_stage(stage)
    , m_node(new ElidedLabel(Qt::ElideRight, this))
    , m_step(newLabel(this))
    , m_percent(newLabel(this))
    , m_timeLeft(newLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_bar(new QProgressBar(this))
{
    setObjectName(QStringLiteral("progressLine"));
    setProperty("role", QStringLiteral("card"));
    setAccessibleName(tr("Progress of the run"));
    m_node->setProperty("role", QStringLiteral("heading"));
    for (SteadyLabel* label : {m_percent, m_timeLeft})
        label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_cancel->setObjectName(QStringLiteral("cancelRun"));
    m_cancel->setToolTip(tr("Stop this run on the server (Esc)"));
    m_cancel->setAccessibleName(tr("Cancel the run"));
    m_bar->setObjectName(QStringLiteral("runProgress"));
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, barSteps);
    connect(m_cancel, &QPushButton::clicked, this, &ProgressLine::cancelRequested);

    auto* words = new QHBoxLayout;
    words->setSpacing(space::small + space::tight);
    words->addWidget(m_node);
    words->addWidget(m_step);
    words->addStretch(1);
    words->addWidget(m_percent);
    words->addWidget(m_timeLeft);
    words->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::panel, space::small, space::panel, space::panel - 2);
    layout->setSpacing(space::small - 2);
    layout->addLayout(words);
    layout->addWidget(m_bar);

    connect(&m_stage, &StageViewModel::progressChanged, this, &ProgressLine::showProgress);
    showProgress();
}

void ProgressLine::showProgress()
{
    if (!m_stage.isRunning())
        return;
    const double progress = m_stage.progress();
    const bool waiting = progress < 0;
    m_node->setText(waiting && m_stage.nodeTitle().isEmpty() ? tr("Waiting in the queue")
                                                             : m_stage.nodeTitle());
    m_step->showText(m_stage.stepText());
    m_percent->showText(m_stage.percentText());
    m_timeLeft->showText(m_stage.timeLeftText());
    m_bar->setUpdatesEnabled(false); // else it paints itself at once, and the words a moment later
    m_bar->setValue(waiting ? 0 : qRound(progress * barSteps));
    m_bar->setUpdatesEnabled(true);
    setAccessibleDescription(m_node->text() + QLatin1Char(' ') + m_stage.stepText() + QLatin1Char(' ')
                             + m_stage.percentText());
}

} // namespace gesso
