// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace gesso {

class EmptyState;
class FullScreenStage;
class ResultActions;
class ShellViewModel;
class StageCanvas;
class ThemeController;

// The middle of the window: the picture, above it how it is shown, under it the progress or the result's
// line. Nothing ever lies over the picture.
class StageView : public QWidget
{
    Q_OBJECT

public:
    StageView(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
              QWidget* parent = nullptr);

    StageCanvas& canvas() { return *m_canvas; }
    void insertAboveProgress(QWidget* widget); // notices
    void showFullScreen();

Q_SIGNALS:
    void stepRequested(int direction); // the previous or next result is wanted

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    QWidget* createTopRow();
    QWidget* createEmptyStates();
    void showImage();
    void showProgress();
    void showZoom();
    void showEmptyState();
    void applyTheme();

    ShellViewModel& m_shell;
    ResultActions& m_actions;
    const ThemeController& m_theme;
    QVBoxLayout* m_layout = nullptr;
    StageCanvas* m_canvas = nullptr;
    QStackedWidget* m_middle = nullptr; // the picture or an empty state
    QStackedWidget* m_bottom = nullptr; // progress or result
    EmptyState* m_nothingOpen = nullptr;
    EmptyState* m_nothingMade = nullptr;
    QPushButton* m_generate = nullptr;
    QLabel* m_zoom = nullptr;
    QPushButton* m_fit = nullptr;
    QPushButton* m_oneToOne = nullptr;
    QPointer<FullScreenStage> m_fullScreen;
};

} // namespace gesso
