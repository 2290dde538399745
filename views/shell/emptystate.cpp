// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/shell/emptystate.h"

#include "views/theme/themecontroller.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace gesso {

namespace {
constexpr int iconSize = 32;
constexpr int textWidth = 400; // a line that reads well
} // namespace

EmptyState::EmptyState(const ThemeController& theme, const QString& iconName, QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
{
    const auto showIcon = [this, &theme, iconName] {
        m_icon->setPixmap(theme.icon(iconName, ColorToken::TextFaint)
                              .pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    };
    showIcon();
    connect(&theme, &ThemeController::changed, this, showIcon);
    m_icon->setAlignment(Qt::AlignCenter);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setMaximumWidth(textWidth);
    m_text->setProperty("tone", QStringLiteral("muted"));

    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(space::small);
    m_buttons->addStretch();
    m_buttons->addStretch();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::panel, space::panel, space::panel, space::panel);
    layout->setSpacing(space::panel);
    layout->addStretch(2);
    layout->addWidget(m_icon);
    auto* textRow = new QHBoxLayout;
    textRow->addWidget(m_text, 1);
    layout->addLayout(textRow);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
}

void EmptyState::setText(const QString& text)
{
    m_text->setText(text);
}

QString EmptyState::text() const
{
    return m_text->text();
}

QPushButton* EmptyState::addButton(const QString& label, bool main)
{
    auto* button = new QPushButton(label, this);
    if (main)
        button->setProperty("role", QStringLiteral("primary"));
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

} // namespace gesso
