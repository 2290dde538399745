// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace gesso {

class StageCanvas;
class StageViewModel;
class ThemeController;

// The stage alone on a whole screen, live. Esc, F11 or a double click ends it.
class FullScreenStage : public QWidget
{
    Q_OBJECT

public:
    FullScreenStage(StageViewModel& stage, const ThemeController& theme, QWidget* owner);

Q_SIGNALS:
    void stepRequested(int direction);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    StageViewModel& m_stage;
    StageCanvas* m_canvas = nullptr;
};

} // namespace gesso
