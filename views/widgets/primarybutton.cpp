// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/primarybutton.h"

#include "views/theme/themecontroller.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace gesso {

PrimaryButton::PrimaryButton(const ThemeController& theme, const QString& text, const QString& hint,
                             QWidget* parent)
    : QPushButton(text, parent)
    , m_theme(theme)
    , m_hint(hint)
{
    setProperty("role", QStringLiteral("primary"));
    setAccessibleName(text);
    setAccessibleDescription(hint);
}

QSize PrimaryButton::sizeHint() const
{
    const QFontMetrics small(m_theme.theme().font(MetricToken::FontSmall));
    return QPushButton::sizeHint() + QSize(small.horizontalAdvance(m_hint) + space::small, 0);
}

void PrimaryButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_PushButton, option);

    QFont textFont = font();
    textFont.setWeight(QFont::DemiBold);
    const QFont hintFont = m_theme.theme().font(MetricToken::FontSmall);
    const int textWidth = QFontMetrics(textFont).horizontalAdvance(text());
    const int hintWidth = QFontMetrics(hintFont).horizontalAdvance(m_hint);
    const int both = textWidth + space::small + hintWidth;
    const bool hintFits = !m_hint.isEmpty() && both <= width() - 2 * space::small;
    const int left = (width() - (hintFits ? both : textWidth)) / 2;
    const auto mirrored = [this](const QRect& r) { return QStyle::visualRect(layoutDirection(), rect(), r); };

    painter.setPen(m_theme.color(isEnabled() ? ColorToken::AccentText : ColorToken::TextMuted));
    painter.setFont(textFont);
    painter.drawText(mirrored(QRect(left, 0, textWidth + 1, height())), Qt::AlignCenter, text());
    if (hintFits) {
        painter.setFont(hintFont);
        painter.drawText(mirrored(QRect(left + textWidth + space::small, 0, hintWidth + 1, height())),
                         Qt::AlignCenter, m_hint);
    }
}

} // namespace gesso
