// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/commandpalette.h"

#include "views/shell/commanddelegate.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/searchfield.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace gesso {

namespace {
constexpr int paletteWidth = 520;
constexpr int mostRows = 11;
} // namespace

CommandPalette::CommandPalette(const ThemeController& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_search(new SearchField(theme, tr("Search actions, workflows, results"), this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(tr("Nothing is called like that."), this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setProperty("role", QStringLiteral("popup"));
    setAccessibleName(tr("Command palette"));
    m_search->setObjectName(QStringLiteral("commandSearch"));
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("What matches"));
    m_list->setModel(&m_commands);
    m_list->setItemDelegate(new CommandDelegate(theme, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // the arrows of the search field move it
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setProperty("tone", QStringLiteral("muted"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setMinimumHeight(CommandDelegate::rowHeight);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::small, space::small, space::small, space::small);
    layout->setSpacing(space::small);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    layout->addWidget(m_nothing);

    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_commands.setQuery(typed);
        m_list->setCurrentIndex(m_commands.index(0));
        fitHeight();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::runCurrent);
    connect(m_list, &QAbstractItemView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::open(QList<Command> commands, const QRect& field)
{
    m_commands.setCommands(std::move(commands));
    m_search->clear();
    m_list->setCurrentIndex(m_commands.index(0));
    setFixedWidth(qMin(paletteWidth, parentWidget()->width() - 2 * space::large));
    const int left = qBound(space::large, field.center().x() - width() / 2,
                            parentWidget()->width() - width() - space::large);
    fitHeight();
    move(parentWidget()->mapToGlobal(QPoint(left, field.top() - space::tight)));
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !index.flags().testFlag(Qt::ItemIsEnabled))
        return;
    // Closed first: what runs may open a dialog of its own.
    const std::function<void()> run = m_commands.at(index.row()).run;
    close();
    run();
}

void CommandPalette::moveBy(int rows)
{
    const int count = m_commands.rowCount();
    if (count > 0)
        m_list->setCurrentIndex(m_commands.index(qBound(0, m_list->currentIndex().row() + rows, count - 1)));
}

void CommandPalette::fitHeight()
{
    const int rows = m_commands.rowCount();
    m_list->setVisible(rows > 0);
    m_nothing->setVisible(rows == 0);
    m_list->setFixedHeight(qMin(rows, mostRows) * CommandDelegate::rowHeight);
    layout()->activate();
    resize(width(), sizeHint().height());
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            moveBy(1);
            return true;
        case Qt::Key_Up:
            moveBy(-1);
            return true;
        case Qt::Key_PageDown:
            moveBy(mostRows);
            return true;
        case Qt::Key_PageUp:
            moveBy(-mostRows);
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace gesso
