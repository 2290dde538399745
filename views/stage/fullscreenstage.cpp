// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/fullscreenstage.h"

#include "viewmodels/runs/stageviewmodel.h"
#include "views/stage/stagecanvas.h"
#include "views/theme/themecontroller.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace gesso {

FullScreenStage::FullScreenStage(StageViewModel& stage, const ThemeController& theme, QWidget* owner)
    : QWidget(owner, Qt::Window)
    , m_stage(stage)
    , m_canvas(new StageCanvas(this))
{
    setObjectName(QStringLiteral("fullScreenStage"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Picture"));
    setProperty("role", QStringLiteral("stage"));
    setAutoFillBackground(true);
    QPalette background = palette();
    background.setColor(QPalette::Window, theme.color(ColorToken::BgStage));
    setPalette(background);
    m_canvas->setCheckerColors(theme.color(ColorToken::BgField), theme.color(ColorToken::BgRaised));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_canvas);
    const auto show = [this] {
        m_canvas->setSharpPixels(m_stage.showing() == StageViewModel::Showing::Result);
        m_canvas->setImage(m_stage.image());
    };
    connect(&m_stage, &StageViewModel::imageChanged, this, show);
    connect(m_canvas, &StageCanvas::stepRequested, this, &FullScreenStage::stepRequested);
    show();
    m_canvas->setFocus();
}

void FullScreenStage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F11)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace gesso
