// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace gesso {

class ThemeController;

// The one main action of a panel, with its shortcut in small letters beside the text.
class PrimaryButton : public QPushButton
{
    Q_OBJECT

public:
    PrimaryButton(const ThemeController& theme, const QString& text, const QString& hint,
                  QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const ThemeController& m_theme;
    QString m_hint;
};

} // namespace gesso
