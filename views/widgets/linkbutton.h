// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace gesso {

class ThemeController;

// A link in small letters that mends or leads somewhere. Shortens in the middle, as it often ends in a file
// name.
class LinkButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit LinkButton(const ThemeController& theme, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
