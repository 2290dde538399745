// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/stageview.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/runs/resultmenu.h"
#include "views/shell/emptystate.h"
#include "views/stage/fullscreenstage.h"
#include "views/stage/progressline.h"
#include "views/stage/resultbar.h"
#include "views/stage/stagecanvas.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gesso {

StageView::StageView(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                     QWidget* parent)
    : QWidget(parent)
    , m_shell(shell)
    , m_actions(actions)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
    , m_canvas(new StageCanvas(this))
    , m_middle(new QStackedWidget(this))
    , m_bottom(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("stage"));
    setProperty("role", QStringLiteral("stage"));
    setAttribute(Qt::WA_StyledBackground);

    m_middle->addWidget(m_canvas);
    m_middle->addWidget(createEmptyStates());

    auto* progress = new ProgressLine(m_shell.stage(), m_bottom);
    connect(progress, &ProgressLine::cancelRequested, this, [this] { m_shell.cancelCurrent(); });
    m_bottom->addWidget(new ResultBar(m_shell, m_actions, m_theme, m_bottom));
    m_bottom->addWidget(progress);
    // Always the progress line's height: the picture must not jump when a run starts or ends.
    m_bottom->setFixedHeight(progress->sizeHint().height());

    m_layout->setContentsMargins(space::section, space::small, space::section, space::panel);
    m_layout->setSpacing(space::small);
    m_layout->addWidget(createTopRow());
    m_layout->addWidget(m_middle, 1);
    m_layout->addWidget(m_bottom);

    connect(m_canvas, &StageCanvas::transformChanged, this, &StageView::showZoom);
    connect(m_canvas, &StageCanvas::stepRequested, this, &StageView::stepRequested);
    connect(&m_shell.stage(), &StageViewModel::imageChanged, this, &StageView::showImage);
    connect(&m_shell.stage(), &StageViewModel::progressChanged, this, &StageView::showProgress);
    for (const auto signal : {&WorkflowDocument::opened, &WorkflowDocument::closed})
        connect(&m_shell.document(), signal, this, &StageView::showEmptyState);
    connect(&m_shell, &ShellViewModel::canGenerateChanged, this, &StageView::showEmptyState);
    connect(&m_theme, &ThemeController::changed, this, &StageView::applyTheme);
    applyTheme();
    showImage();
    showProgress();
}

QWidget* StageView::createTopRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::tight);
    m_zoom = new QLabel(row);
    m_zoom->setTextFormat(Qt::PlainText);
    m_zoom->setObjectName(QStringLiteral("zoomLabel"));
    m_zoom->setProperty("tone", QStringLiteral("muted"));
    m_fit = new QPushButton(tr("Fit"), row);
    m_fit->setObjectName(QStringLiteral("fitButton"));
    m_fit->setToolTip(tr("Show the whole picture (Ctrl+0)"));
    m_fit->setAccessibleName(tr("Show the whole picture"));
    m_oneToOne = new QPushButton(QStringLiteral("1:1"), row);
    m_oneToOne->setObjectName(QStringLiteral("oneToOneButton"));
    m_oneToOne->setToolTip(tr("One picture pixel on one screen pixel (Ctrl+1)"));
    m_oneToOne->setAccessibleName(tr("Actual size"));
    for (QPushButton* button : {m_fit, m_oneToOne}) {
        button->setCheckable(true);
        button->setProperty("role", QStringLiteral("quiet"));
    }
    connect(m_fit, &QPushButton::clicked, m_canvas, &StageCanvas::fit);
    connect(m_oneToOne, &QPushButton::clicked, m_canvas, &StageCanvas::oneToOne);
    auto* fullScreen = new IconButton(m_theme, QStringLiteral("expand"), tr("Full screen (F11)"), row);
    fullScreen->setObjectName(QStringLiteral("fullScreenButton"));
    connect(fullScreen, &QAbstractButton::clicked, this, &StageView::showFullScreen);

    layout->addStretch(1);
    layout->addWidget(m_zoom);
    layout->addSpacing(space::tight);
    layout->addWidget(m_fit);
    layout->addWidget(m_oneToOne);
    layout->addWidget(fullScreen);
    return row;
}

QWidget* StageView::createEmptyStates()
{
    auto* states = new QStackedWidget(m_middle);
    m_nothingOpen = new EmptyState(m_theme, QStringLiteral("layers"), states);
    m_nothingOpen->setText(
        tr("Choose a workflow in the library, or open one: its form appears on the right."));
    QPushButton* open = m_nothingOpen->addButton(tr("Open a workflow …"), true);
    connect(open, &QPushButton::clicked, this, [this] { m_shell.chooseWorkflow(); });

    m_nothingMade = new EmptyState(m_theme, QStringLiteral("image"), states);
    m_nothingMade->setText(tr("Press Generate, and the picture forms here step by step."));
    m_generate = m_nothingMade->addButton(tr("Generate"), true);
    m_generate->setObjectName(QStringLiteral("emptyStageGenerate"));
    connect(m_generate, &QPushButton::clicked, this, [this] { m_shell.generate(); });
    states->addWidget(m_nothingOpen);
    states->addWidget(m_nothingMade);
    return states;
}

void StageView::insertAboveProgress(QWidget* widget)
{
    m_layout->insertWidget(m_layout->indexOf(m_bottom), widget);
}

void StageView::showFullScreen()
{
    if (m_fullScreen)
        return;
    m_fullScreen = new FullScreenStage(m_shell.stage(), m_theme, this);
    connect(m_fullScreen, &FullScreenStage::stepRequested, this, &StageView::stepRequested);
    m_fullScreen->showFullScreen();
}

void StageView::showImage()
{
    const StageViewModel& stage = m_shell.stage();
    m_canvas->setSharpPixels(stage.showing() == StageViewModel::Showing::Result);
    m_canvas->setImage(stage.image());
    m_canvas->setAccessibleDescription(stage.caption());
    m_middle->setCurrentIndex(m_canvas->hasImage() ? 0 : 1);
    showEmptyState();
    showZoom();
}

void StageView::showProgress()
{
    m_bottom->setCurrentIndex(m_shell.stage().isRunning() ? 1 : 0);
    showEmptyState();
}

void StageView::showZoom()
{
    const bool picture = m_canvas->hasImage();
    const ViewTransform& transform = m_canvas->transform();
    m_zoom->setText(picture ? tr("%1 %").arg(qRound(transform.zoom() * 100)) : QString());
    m_fit->setChecked(picture && transform.mode() == ViewTransform::Mode::Fit);
    m_oneToOne->setChecked(picture && transform.mode() == ViewTransform::Mode::OneToOne);
    m_fit->setEnabled(picture);
    m_oneToOne->setEnabled(picture);
}

void StageView::showEmptyState()
{
    auto* states = static_cast<QStackedWidget*>(m_middle->widget(1));
    states->setCurrentWidget(m_shell.document().isOpen() ? m_nothingMade : m_nothingOpen);
    const bool running = m_shell.stage().isRunning();
    m_nothingMade->setText(running ? tr("The first preview appears with the sampler's first step.")
                                   : tr("Press Generate, and the picture forms here step by step."));
    m_generate->setVisible(!running);
    m_generate->setEnabled(m_shell.canGenerate());
    m_generate->setToolTip(m_shell.canGenerate() ? QStringLiteral("Ctrl+Enter")
                                                 : m_shell.cannotGenerateReason());
}

void StageView::applyTheme()
{
    m_canvas->setCheckerColors(m_theme.color(ColorToken::BgField), m_theme.color(ColorToken::BgRaised));
}

void StageView::contextMenuEvent(QContextMenuEvent* event)
{
    if (m_shell.stage().imagePath().isEmpty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillResultMenu(*menu, m_shell, m_actions, m_theme, m_shell.stage().imagePath());
    menu->popup(event->globalPos());
}

} // namespace gesso
