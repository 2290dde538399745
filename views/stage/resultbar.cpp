// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/stage/resultbar.h"

#include "viewmodels/runs/resultactions.h"
#include "viewmodels/shell/shellviewmodel.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/elidedlabel.h"
#include "views/widgets/iconbutton.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>

namespace gesso {

ResultBar::ResultBar(ShellViewModel& shell, ResultActions& actions, const ThemeController& theme,
                     QWidget* parent)
    : QWidget(parent)
    , m_shell(shell)
    , m_name(new ElidedLabel(Qt::ElideMiddle, this))
    , m_caption(new QLabel(this))
    , m_buttons(new QWidget(this))
{
    setObjectName(QStringLiteral("resultBar"));
    m_name->setProperty("role", QStringLiteral("heading"));
    m_caption->setProperty("tone", QStringLiteral("muted"));
    m_caption->setTextFormat(Qt::PlainText);

    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(space::hair);
    const auto add = [&](const char* icon, const QString& what, const auto& act) {
        auto* button = new IconButton(theme, QLatin1String(icon), what, m_buttons);
        connect(button, &QAbstractButton::clicked, this, [this, act] {
            if (const QString path = m_shell.stage().imagePath(); !path.isEmpty())
                act(path);
        });
        buttons->addWidget(button);
    };
    add("copy", tr("Copy picture"), [&actions](const QString& path) { actions.copyPicture(path); });
    add("image-plus", tr("Use as input picture"), [this](const QString& path) { m_shell.useAsInput(path); });
    add("download", tr("Save a copy as …"), [&actions](const QString& path) { actions.saveAs(path); });
    add("folder-open", tr("Show in folder"), [this](const QString& path) { m_shell.revealResult(path); });

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::tight, 0, 0, 0);
    layout->setSpacing(space::panel);
    layout->addWidget(m_name);
    layout->addWidget(m_caption);
    layout->addStretch(1);
    layout->addWidget(m_buttons);

    connect(&m_shell.stage(), &StageViewModel::imageChanged, this, &ResultBar::showResult);
    showResult();
}

void ResultBar::showResult()
{
    const StageViewModel& stage = m_shell.stage();
    const bool result = stage.showing() == StageViewModel::Showing::Result;
    m_name->setText(result ? QFileInfo(stage.imagePath()).fileName() : QString());
    m_caption->setText(result ? stage.caption() : QString());
    m_buttons->setVisible(result);
}

} // namespace gesso
