// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/steadylabel.h"

#include <QEvent>

namespace gesso {

SteadyLabel::SteadyLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    reserve(0);
}

void SteadyLabel::showText(const QString& text)
{
    setText(text);
    if (const int wanted = sizeHint().width(); wanted > minimumWidth())
        reserve(wanted);
}

void SteadyLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        reserve(sizeHint().width());
}

// Of a fixed size Qt knows that a new text changes nothing around it.
void SteadyLabel::reserve(int width)
{
    setFixedSize(width, sizeHint().height());
}

} // namespace gesso
