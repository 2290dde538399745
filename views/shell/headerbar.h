// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenuBar;

namespace gesso {

// The window's one line at the top: name and menus at the left, the command field in the middle of the
// window, the server at the right.
class HeaderBar : public QWidget
{
    Q_OBJECT

public:
    HeaderBar(QWidget* commandField, QWidget* serverBadge, QWidget* parent = nullptr);

    QMenuBar& menuBar() { return *m_menuBar; }

private:
    QMenuBar* m_menuBar = nullptr;
};

} // namespace gesso
