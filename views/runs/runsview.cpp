// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/runsview.h"

#include "viewmodels/shell/shellviewmodel.h"
#include "views/runs/rundetails.h"
#include "views/runs/runfilter.h"
#include "views/runs/runrowdelegate.h"
#include "views/shell/emptystate.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/segmentedtabs.h"

#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gesso {

RunsView::RunsView(ShellViewModel& shell, const ThemeController& theme, QWidget* parent)
    : QWidget(parent)
    , m_shell(shell)
    , m_theme(theme)
    , m_filter(new RunFilter(this))
    , m_tabs(new SegmentedTabs(tr("Runs"), this))
    , m_cancelAll(new QPushButton(tr("Cancel all"), this))
{
    setObjectName(QStringLiteral("runs"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_tabs->addTab(tr("Queue"));
    m_tabs->addTab(tr("Finished"));
    m_cancelAll->setObjectName(QStringLiteral("cancelAll"));
    m_cancelAll->setToolTip(tr("Cancel every run that is waiting or running"));
    createList(); // after the tabs: Tab follows the order in which they stand
    m_empty = new EmptyState(theme, QStringLiteral("list"), this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    m_details = new RunDetails(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_details);
    setMinimumHeight(3 * RunRowDelegate::rowHeight);

    connectParts();
    showCounts();
}

void RunsView::createList()
{
    m_filter->setSourceModel(&m_shell.runs());
    m_list = new QListView(this);
    m_rows = new RunRowDelegate(m_theme, m_list);
    m_list->setObjectName(QStringLiteral("runsList"));
    m_list->setAccessibleName(tr("Runs"));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(m_rows);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->installEventFilter(this);
}

void RunsView::connectParts()
{
    connect(m_tabs, &SegmentedTabs::currentChanged, this, [this](int tab) {
        m_filter->setShow(tab == 0 ? RunFilter::Show::Active : RunFilter::Show::Ended);
        showCounts();
        showDetails();
    });
    connect(m_cancelAll, &QPushButton::clicked, this, [this] { m_shell.cancelAll(); });
    connect(m_rows, &RunRowDelegate::cancelRequested, this, &RunsView::cancel);
    connect(m_rows, &RunRowDelegate::runAgainRequested, this, &RunsView::runAgain);
    connect(m_list, &QWidget::customContextMenuRequested, this, &RunsView::showContextMenu);
    connect(m_list, &QAbstractItemView::activated, this, &RunsView::showResultOf);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunsView::showDetails);
    connect(m_filter, &QAbstractItemModel::dataChanged, this, &RunsView::showDetails);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &RunsView::showCounts);
    connect(&m_shell.runs(), &RunListModel::activeCountChanged, this, &RunsView::showCounts);
    connect(m_details, &RunDetails::retryDownloadRequested, this, [this] {
        m_shell.retryDownload(PromptId(m_list->currentIndex().data(RunListModel::IdRole).toString()));
    });
    connect(&m_theme, &ThemeController::changed, m_list->viewport(), qOverload<>(&QWidget::update));
}

void RunsView::showEnded()
{
    m_tabs->setCurrent(1);
}

void RunsView::showCounts()
{
    const int active = m_shell.runs().activeCount();
    const int ended = m_shell.runs().rowCount() - active;
    m_tabs->setText(0, active > 0 ? tr("Queue %1").arg(active) : tr("Queue"));
    m_tabs->setText(1, ended > 0 ? tr("Finished %1").arg(ended) : tr("Finished"));
    m_cancelAll->setVisible(active > 1);
    m_empty->setText(m_filter->shown() == RunFilter::Show::Active
                         ? tr("Nothing is running. Ctrl+Enter makes a picture from the form.")
                         : tr("Runs stand here once they ended."));
    m_stack->setCurrentIndex(m_filter->rowCount() > 0 ? 1 : 0);
}

void RunsView::showDetails()
{
    const QModelIndex index = m_list->currentIndex();
    m_details->showRun(index.isValid()
                           ? m_shell.runs().stateOf(PromptId(index.data(RunListModel::IdRole).toString()))
                           : nullptr);
}

void RunsView::showResultOf(const QModelIndex& index)
{
    const PromptId id(index.data(RunListModel::IdRole).toString());
    const RunState* state = m_shell.runs().stateOf(id);
    if (!state)
        return;
    if (!isEnded(state->phase)) {
        m_shell.stage().follow(id);
        return;
    }
    for (const SavedFile& file : state->files) {
        if (!file.path.isEmpty()) {
            m_shell.stage().showResult(file.path, index.data(RunListModel::DetailRole).toString());
            return;
        }
    }
}

void RunsView::cancel(const QModelIndex& index)
{
    if (index.isValid() && index.data(RunListModel::CanCancelRole).toBool())
        m_shell.cancel(PromptId(index.data(RunListModel::IdRole).toString()));
}

void RunsView::runAgain(const QModelIndex& index)
{
    if (index.isValid() && !index.data(RunListModel::CanCancelRole).toBool())
        m_shell.runAgain(PromptId(index.data(RunListModel::IdRole).toString()));
}

void RunsView::showContextMenu(QPoint position)
{
    const QPersistentModelIndex index(m_list->indexAt(position));
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_theme.icon(QStringLiteral("image")), tr("Show on the stage"), this,
                    [this, index] { showResultOf(index); });
    QAction* stop = menu->addAction(m_theme.icon(QStringLiteral("x")), tr("Cancel this run"), this,
                                    [this, index] { cancel(index); });
    stop->setEnabled(index.data(RunListModel::CanCancelRole).toBool());
    QAction* again = menu->addAction(m_theme.icon(QStringLiteral("rotate-ccw")), tr("Run again"), this,
                                     [this, index] { runAgain(index); });
    again->setEnabled(!stop->isEnabled());
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

bool RunsView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete) {
            cancel(m_list->currentIndex());
            return true;
        }
        if (key->key() == Qt::Key_R && key->modifiers() == Qt::NoModifier) {
            runAgain(m_list->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gesso
