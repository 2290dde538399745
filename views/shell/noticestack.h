// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace gesso {

class NoticeBar;
class NoticeList;
class ThemeController;

// The notices in force, newest at the bottom, at most three at a time: the rest wait behind them.
class NoticeStack : public QWidget
{
    Q_OBJECT

public:
    NoticeStack(NoticeList& notices, const ThemeController& theme, QWidget* parent = nullptr);

private:
    void rebuild();
    void drop(NoticeBar* bar);

    NoticeList& m_notices;
    const ThemeController& m_theme;
    QVBoxLayout* m_layout = nullptr;
    QHash<quint64, NoticeBar*> m_bars; // by notice id
};

} // namespace gesso
