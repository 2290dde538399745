// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/filmstripview.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/runs/filmstripdelegate.h"
#include "views/runs/resultmenu.h"
#include "views/theme/themecontroller.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gesso {

namespace {
constexpr int stripHeight = FilmstripDelegate::side + 2 * FilmstripDelegate::gap;
constexpr int scrollBarHeight = 8;
} // namespace

FilmstripView::FilmstripView(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                             QWidget* parent)
    : QWidget(parent)
    , m_shell(shell)
    , m_actions(actions)
    , m_theme(theme)
    , m_list(new QListView(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("filmstrip"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    createList();
    auto* empty =
        new QLabel(tr("Results line up here. They are saved to the output folder as they arrive."), this);
    empty->setTextFormat(Qt::PlainText);
    empty->setProperty("tone", QStringLiteral("muted"));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_list);
    m_stack->setFixedHeight(stripHeight + scrollBarHeight);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::small, space::tight, space::small, space::tight);
    layout->addWidget(m_stack);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connectParts();
    showEmptyState();
}

void FilmstripView::createList()
{
    m_list->setObjectName(QStringLiteral("filmstripList"));
    m_list->setAccessibleName(tr("Results of this session"));
    m_list->setModel(&m_shell.results());
    m_list->setItemDelegate(new FilmstripDelegate(m_theme, m_list));
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setDragEnabled(true);
    m_list->setDragDropMode(QAbstractItemView::DragOnly);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFixedHeight(stripHeight + scrollBarHeight);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
}

void FilmstripView::connectParts()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &FilmstripView::showChosen);
    connect(m_list, &QAbstractItemView::clicked, this, &FilmstripView::showChosen);
    connect(m_list, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        m_actions.openExternally(index.data(ResultModel::PathRole).toString());
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &FilmstripView::showContextMenu);
    connect(&m_shell.stage(), &StageViewModel::imageChanged, this, &FilmstripView::followStage);
    for (const auto signal : {&ResultModel::rowsInserted, &ResultModel::rowsRemoved})
        connect(&m_shell.results(), signal, this, [this] {
            showEmptyState();
            followStage();
        });
    connect(&m_theme, &ThemeController::changed, m_list->viewport(), qOverload<>(&QWidget::update));
}

void FilmstripView::step(int direction)
{
    const int count = m_shell.results().rowCount();
    if (count == 0)
        return;
    const QModelIndex current = m_list->currentIndex();
    const int row = current.isValid() ? qBound(0, current.row() + direction, count - 1) : 0;
    m_list->setCurrentIndex(m_shell.results().index(row));
}

void FilmstripView::showChosen()
{
    const QModelIndex index = m_list->currentIndex();
    if (m_following || !index.isValid())
        return;
    const QString path = index.data(ResultModel::PathRole).toString();
    if (index.data(ResultModel::IsPictureRole).toBool() && path != m_shell.stage().imagePath())
        m_shell.stage().showResult(path, index.data(ResultModel::DetailRole).toString());
}

void FilmstripView::followStage()
{
    const QScopedValueRollback following(m_following, true);
    const QString path = m_shell.stage().imagePath();
    const int row = path.isEmpty() ? -1 : m_shell.results().rowOf(path);
    if (row < 0) {
        m_list->selectionModel()->clear();
        return;
    }
    m_list->setCurrentIndex(m_shell.results().index(row));
}

void FilmstripView::showContextMenu(QPoint position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillResultMenu(*menu, m_shell, m_actions, m_theme, index.data(ResultModel::PathRole).toString());
    menu->addSeparator();
    const QPersistentModelIndex kept(index);
    menu->addAction(m_theme.icon(QStringLiteral("x")), tr("Take out of the strip"), this, [this, kept] {
        if (kept.isValid())
            m_shell.results().remove(kept.row());
    });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void FilmstripView::showEmptyState()
{
    m_stack->setCurrentIndex(m_shell.results().rowCount() > 0 ? 1 : 0);
}

bool FilmstripView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Wheel) {
        // A wheel has only up and down, the strip only left and right.
        auto* wheel = static_cast<QWheelEvent*>(event);
        if (wheel->angleDelta().x() == 0) {
            QScrollBar* bar = m_list->horizontalScrollBar();
            bar->setValue(bar->value() - wheel->angleDelta().y());
            return true;
        }
    }
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const QModelIndex index = m_list->currentIndex();
        if (index.isValid() && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
            && key->modifiers() == Qt::NoModifier) {
            m_actions.openExternally(index.data(ResultModel::PathRole).toString());
            return true;
        }
        if (index.isValid() && key->matches(QKeySequence::Copy)) {
            m_actions.copyPicture(index.data(ResultModel::PathRole).toString());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gesso
