// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace gesso {

class ThemeController;

// A line edit with a magnifier and a clear button; Esc clears it first and only then leaves it to others.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    SearchField(const ThemeController& theme, const QString& placeholder, QWidget* parent = nullptr);

    void setPlaceholder(const QString& placeholder); // also the accessible name

Q_SIGNALS:
    void downPressed(); // into the list below

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace gesso
