// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace gesso {

class ThemeController;

// The field in the middle of the head that opens the command palette; looks like the search it becomes.
class CommandField : public QAbstractButton
{
    Q_OBJECT

public:
    CommandField(const ThemeController& theme, const QString& shortcut, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {360, 28}; }
    QSize minimumSizeHint() const override { return {120, 28}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    const ThemeController& m_theme;
    QString m_shortcut;
};

} // namespace gesso
