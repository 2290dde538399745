// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/searchfield.h"

#include "views/theme/themecontroller.h"

#include <QAction>
#include <QKeyEvent>

namespace gesso {

SearchField::SearchField(const ThemeController& theme, const QString& placeholder, QWidget* parent)
    : QLineEdit(parent)
{
    setPlaceholder(placeholder);
    addAction(theme.icon(QStringLiteral("search"), ColorToken::TextFaint), QLineEdit::LeadingPosition);
    QAction* clearAction = addAction(theme.icon(QStringLiteral("x")), QLineEdit::TrailingPosition);
    clearAction->setText(tr("Clear"));
    clearAction->setToolTip(tr("Clear"));
    clearAction->setVisible(false);
    connect(clearAction, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clearAction,
            [clearAction](const QString& text) { clearAction->setVisible(!text.isEmpty()); });
}

void SearchField::setPlaceholder(const QString& placeholder)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
    } else if (event->key() == Qt::Key_Down) {
        Q_EMIT downPressed();
        event->accept();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace gesso
