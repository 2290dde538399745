// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/combopopup.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/searchfield.h"
#include "views/widgets/wordfilter.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QScreen>
#include <QVBoxLayout>

namespace gesso {

namespace {

constexpr int mostRows = 12;
constexpr int widest = 560;

} // namespace

ComboPopup::ComboPopup(const ThemeController& theme, QAbstractItemModel* choices, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new SearchField(theme, tr("Find"), this))
    , m_list(new QListView(this))
    , m_nothing(new QLabel(this))
    , m_filter(new WordFilter(this))
{
    // Qt leaves a frame that is the child of a combo box without style: one inside has it.
    auto* frame = new QFrame(this);
    frame->setProperty("role", QStringLiteral("popup"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(frame);
    m_filter->setSourceModel(choices);
    m_list->setModel(m_filter);
    setStyleProperty(m_list, "role", QStringLiteral("choices"));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("Choices"));
    m_nothing->setTextFormat(Qt::PlainText);
    m_nothing->setProperty("tone", QStringLiteral("muted"));
    m_nothing->setMargin(space::small);
    m_nothing->setWordWrap(true);
    m_search->installEventFilter(this);

    auto* column = new QVBoxLayout(frame);
    column->setContentsMargins(space::small, space::small, space::small, space::small);
    column->setSpacing(space::tight);
    column->addWidget(m_search);
    column->addWidget(m_list);
    column->addWidget(m_nothing);

    connect(m_search, &QLineEdit::textChanged, this, &ComboPopup::applyFilter);
    connect(m_list, &QListView::clicked, this, &ComboPopup::choose);
    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
}

void ComboPopup::openAt(QWidget* anchor, int current, const QString& filter)
{
    m_current = current;
    setAccessibleName(anchor->accessibleName());
    m_search->setText(filter);
    applyFilter(filter);
    place(anchor);
    show();
    m_search->setFocus(Qt::PopupFocusReason);
    m_list->scrollTo(m_list->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void ComboPopup::applyFilter(const QString& text)
{
    m_filter->setFilterText(text);
    const bool any = m_filter->rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    m_nothing->setText(m_filter->sourceModel()->rowCount() == 0
                           ? tr("The server offers nothing here.")
                           : tr("Nothing here has “%1” in its name.").arg(text));
    QModelIndex index = m_filter->mapFromSource(m_filter->sourceModel()->index(m_current, 0));
    if (!index.isValid() || !text.isEmpty())
        index = m_filter->index(0, 0);
    m_list->setCurrentIndex(index);
}

void ComboPopup::place(QWidget* anchor)
{
    const int row = qMax(m_list->sizeHintForRow(0), fontMetrics().height() + space::small);
    const int rows = qBound(1, m_filter->sourceModel()->rowCount(), mostRows);
    // As tall as the whole list, so that it does not jump while typing.
    const int height = m_search->sizeHint().height() + 2 * space::small + space::tight + rows * row + 2;
    const int content = m_list->sizeHintForColumn(0) + 2 * space::small + space::large;
    const QRect screen = anchor->screen()->availableGeometry();
    const int width = qMin(screen.width(), qMax(anchor->width(), qMin(content, widest)));
    setFixedSize(width, height);
    QPoint at = anchor->mapToGlobal(QPoint(anchor->width() - width, anchor->height() + space::hair));
    at.setX(qBound(screen.left(), at.x(), screen.right() + 1 - width));
    if (at.y() + height > screen.bottom())
        at.setY(qMax(screen.top(), anchor->mapToGlobal(QPoint(0, 0)).y() - height - space::hair));
    move(at);
}

void ComboPopup::choose(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const int row = m_filter->mapToSource(index).row();
    hide();
    Q_EMIT chosen(row);
}

bool ComboPopup::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, key);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return false;
    }
}

} // namespace gesso
