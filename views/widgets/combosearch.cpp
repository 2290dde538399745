// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/combosearch.h"

#include "views/theme/themecontroller.h"
#include "views/widgets/combopopup.h"

#include <QKeyEvent>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QWheelEvent>

namespace gesso {

ComboSearch::ComboSearch(const ThemeController& theme, QWidget* parent)
    : QComboBox(parent)
    , m_theme(theme)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(4);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ComboSearch::setChoices(const QStringList& choices)
{
    const QString kept = value();
    const QSignalBlocker quiet(this);
    clear();
    addItems(choices);
    setValue(kept);
}

void ComboSearch::setValue(const QString& value)
{
    const QSignalBlocker quiet(this);
    const int index = findText(value, Qt::MatchExactly | Qt::MatchCaseSensitive);
    m_unknown = index < 0 ? value : QString();
    setCurrentIndex(index);
    update();
}

QString ComboSearch::value() const
{
    return isKnown() ? currentText() : m_unknown;
}

void ComboSearch::setElideMode(Qt::TextElideMode mode)
{
    m_elide = mode;
    update();
}

void ComboSearch::showPopup()
{
    openWith(QString());
}

void ComboSearch::openWith(const QString& filter)
{
    if (!m_popup) {
        m_popup = new ComboPopup(m_theme, model(), this);
        connect(m_popup, &ComboPopup::chosen, this, [this](int index) {
            {
                const QSignalBlocker quiet(this);
                setCurrentIndex(index);
            }
            m_unknown.clear();
            update();
            Q_EMIT chosen(index);
        });
    }
    m_popup->openAt(this, currentIndex(), filter);
}

void ComboSearch::hidePopup()
{
    if (m_popup)
        m_popup->hide();
}

void ComboSearch::keyPressEvent(QKeyEvent* event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
    case Qt::Key_Space:
    case Qt::Key_F4:
        return showPopup();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (plain)
            return showPopup();
        break;
    default:
        break;
    }
    if (plain && !event->text().isEmpty() && event->text().at(0).isPrint())
        return openWith(event->text());
    event->ignore();
}

// A wheel over a form scrolls it; choosing by accident would change a picture unseen.
void ComboSearch::wheelEvent(QWheelEvent* event)
{
    event->ignore();
}

void ComboSearch::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect room =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    const ColorToken color = !isEnabled() ? ColorToken::TextFaint : ColorToken::Text;
    painter.setPen(m_theme.color(color));
    painter.drawText(room, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
                     fontMetrics().elidedText(value(), m_elide, room.width()));
}

} // namespace gesso
