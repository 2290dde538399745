// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace gesso {

class ThemeController;

// A choice in small letters with a chevron, at the end of a label: "16:9 ⌄".
class MenuLabel : public QAbstractButton
{
    Q_OBJECT

public:
    explicit MenuLabel(const ThemeController& theme, QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    const ThemeController& m_theme;
};

} // namespace gesso
