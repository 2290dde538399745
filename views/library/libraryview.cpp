// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/library/libraryview.h"

#include "viewmodels/library/libraryfilter.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/library/librarycarddelegate.h"
#include "views/shell/emptystate.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/iconbutton.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/segmentedtabs.h"
#include "views/widgets/showntext.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int widestCard = 180;
constexpr LibraryModel::Source sections[]{LibraryModel::Source::Sample, LibraryModel::Source::Recent,
                                          LibraryModel::Source::Folder};

} // namespace

LibraryView::LibraryView(ShellViewModel& shell, UserPrompts& prompts, const ThemeController& theme,
                         QWidget* parent)
    : QWidget(parent)
    , m_shell(shell)
    , m_prompts(prompts)
    , m_theme(theme)
    , m_filter(new LibraryFilter(this))
    , m_addFolder(new IconButton(theme, QStringLiteral("plus"), tr("Add a folder with workflows"), this))
    , m_search(new SearchField(theme, tr("Find a workflow"), this))
    , m_tabs(new SegmentedTabs(tr("Part of the library"), this))
{
    setObjectName(QStringLiteral("library"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(m_theme.pixels(MetricToken::PanelMin));
    m_filter->setSourceModel(&m_shell.library());
    m_tabs->addTab(tr("Samples"));
    m_tabs->addTab(tr("Recent"));
    m_tabs->addTab(tr("Folders"));
    m_search->setObjectName(QStringLiteral("librarySearch"));
    createList(); // after the tabs: Tab follows the order in which they stand
    layOut();
    connectParts();
    showSection(0);
}

void LibraryView::createList()
{
    m_list = new QListView(this);
    m_delegate = new LibraryCardDelegate(m_theme, m_list);
    m_list->setObjectName(QStringLiteral("libraryList"));
    m_list->setAccessibleName(tr("Workflows"));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(m_delegate);
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);

    m_empty = new EmptyState(m_theme, QStringLiteral("folder-open"), this);
    m_emptyAction = m_empty->addButton(tr("Add a folder …"));
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
}

void LibraryView::layOut()
{
    auto* layout = new QVBoxLayout(this);
    // Cards bring a gap of their own: their pictures align with the field above.
    layout->setContentsMargins(space::panel - space::tight, space::tight, space::tight, 0);
    layout->setSpacing(space::small);
    auto* search = new QHBoxLayout;
    search->setContentsMargins(space::tight, 0, space::small, 0);
    search->addWidget(m_search);
    layout->addLayout(search);
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(space::tight, 0, 0, 0);
    tabs->addWidget(m_tabs, 0, Qt::AlignLeft);
    layout->addLayout(tabs);
    layout->addWidget(m_stack, 1);
}

void LibraryView::connectParts()
{
    connect(m_addFolder, &QAbstractButton::clicked, this, &LibraryView::addFolder);
    connect(m_emptyAction, &QAbstractButton::clicked, this, [this] {
        if (m_search->text().isEmpty())
            addFolder();
        else
            m_search->clear();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setSearch(text);
        // While searching every part counts: nobody remembers where it was.
        showSection(m_tabs->current());
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { open(m_filter->index(0, 0)); });
    connect(m_search, &SearchField::downPressed, this, [this] {
        m_list->setFocus();
        m_list->setCurrentIndex(m_filter->index(0, 0));
    });
    connect(m_tabs, &SegmentedTabs::currentChanged, this, &LibraryView::showSection);
    connect(m_list, &QAbstractItemView::doubleClicked, this, &LibraryView::open);
    connect(m_list, &QWidget::customContextMenuRequested, this, &LibraryView::showContextMenu);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &LibraryView::showEmptyState);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &LibraryView::showEmptyState);
    connect(m_filter, &QAbstractItemModel::layoutChanged, this, &LibraryView::showEmptyState);
    connect(&m_shell.document(), &WorkflowDocument::opened, this, &LibraryView::showCurrent);
    connect(&m_theme, &ThemeController::changed, this, &LibraryView::fitColumns);
}

void LibraryView::open(const QModelIndex& index)
{
    if (index.isValid())
        m_shell.openWorkflow(index.data(LibraryModel::PathRole).toString());
}

void LibraryView::addFolder()
{
    m_prompts.chooseFolder({}, [this](const QString& folder) {
        m_shell.library().addFolder(folder);
        m_tabs->setCurrent(2);
    });
}

void LibraryView::showSection(int tab)
{
    if (m_search->text().isEmpty())
        m_filter->setSection(sections[tab]);
    else
        m_filter->setSection(std::nullopt);
    showEmptyState();
    showCurrent();
}

void LibraryView::showEmptyState()
{
    m_stack->setCurrentIndex(m_filter->rowCount() > 0 ? 0 : 1);
    if (!m_list->currentIndex().isValid())
        showCurrent();
    if (!m_search->text().isEmpty()) {
        m_empty->setText(tr("No workflow is called anything like “%1”.").arg(m_search->text()));
        m_emptyAction->setText(tr("Show all"));
        return;
    }
    m_emptyAction->setText(tr("Add a folder …"));
    switch (sections[m_tabs->current()]) {
    case LibraryModel::Source::Folder:
        m_empty->setText(tr(
            "Add a folder, and every workflow in it stands here: JSON files, and pictures that carry one."));
        break;
    case LibraryModel::Source::Recent:
        m_empty->setText(tr("The workflows you open stand here, the last one first."));
        break;
    case LibraryModel::Source::Sample:
        m_empty->setText(
            tr("The samples that come with Gesso are not installed. Your own workflows can be added."));
        break;
    }
}

void LibraryView::showCurrent()
{
    const QString path = m_shell.document().sourcePath();
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(LibraryModel::PathRole).toString() == path) {
            m_list->setCurrentIndex(index);
            return;
        }
    }
}

void LibraryView::fitColumns()
{
    // The list keeps room for its scroll bar when it wraps: cards must not count on it.
    const int bar = m_list->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, m_list);
    const int width = m_list->maximumViewportSize().width() - bar - 1;
    const int columns = qMax(2, (width + widestCard - 1) / widestCard);
    m_delegate->setCardWidth(qMax(80, width / columns));
    m_list->setGridSize(QSize(qMax(80, width / columns), m_delegate->cardHeight()));
}

void LibraryView::showContextMenu(QPoint position)
{
    const QPersistentModelIndex index(m_list->indexAt(position));
    if (!index.isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_theme.icon(QStringLiteral("log-in")), tr("Open"), this, [this, index] { open(index); });
    const QString path = index.data(LibraryModel::PathRole).toString();
    if (!path.startsWith(QLatin1Char(':')))
        menu->addAction(
            m_theme.icon(QStringLiteral("folder-open")), tr("Show in folder"), this,
            [this, path] { m_prompts.openExternally(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
    if (const QString needs = index.data(LibraryModel::NeedsRole).toString(); !needs.isEmpty())
        menu->addAction(m_theme.icon(QStringLiteral("copy")), tr("Copy what it needs"), this,
                        [needs] { QGuiApplication::clipboard()->setText(needs); });
    const QStringList folders = m_shell.library().folders();
    for (const QString& folder : folders) {
        if (path.startsWith(folder + QLatin1Char('/')))
            menu->addAction(
                m_theme.icon(QStringLiteral("x")),
                tr("Take the folder %1 out of the library").arg(shownLabel(QFileInfo(folder).fileName())),
                this, [this, folder] { m_shell.library().removeFolder(folder); });
    }
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

bool LibraryView::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            open(m_list->currentIndex());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gesso
