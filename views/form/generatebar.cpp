// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/generatebar.h"

#include "views/form/seedpolicy.h"
#include "views/theme/themecontroller.h"
#include "views/widgets/plaintooltip.h"
#include "views/widgets/primarybutton.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

namespace gesso {

namespace {

constexpr int buttonHeight = 36;
constexpr int patienceMs = 150; // shorter work would only flicker

} // namespace

GenerateBar::GenerateBar(const ThemeController& theme, SeedPolicy& seeds, QWidget* parent)
    : QFrame(parent)
    , m_seeds(seeds)
    , m_times(new QToolButton(this))
    , m_generate(new PrimaryButton(theme, tr("Generate"),
                                   QKeySequence(Qt::CTRL | Qt::Key_Enter).toString(QKeySequence::NativeText),
                                   this))
    , m_patience(new QTimer(this))
{
    setProperty("role", QStringLiteral("footer"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::panel, space::panel, space::panel, space::panel);
    row->setSpacing(space::small);
    row->addWidget(m_times);
    row->addWidget(m_generate, 1);
    m_times->setProperty("role", QStringLiteral("field"));
    m_times->setIcon(theme.icon(QStringLiteral("chevron-down")));
    const int icon = theme.pixels(MetricToken::Icon);
    m_times->setIconSize(QSize(icon, icon));
    m_times->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    // The chevron stands after the number.
    m_times->setLayoutDirection(layoutDirection() == Qt::LeftToRight ? Qt::RightToLeft : Qt::LeftToRight);
    m_times->setFocusPolicy(Qt::StrongFocus);
    m_times->setFixedHeight(buttonHeight);
    m_generate->setFixedHeight(buttonHeight);
    connect(m_times, &QAbstractButton::clicked, this, &GenerateBar::showMenu);
    connect(m_generate, &QAbstractButton::clicked, this, [this] { Q_EMIT generateRequested(m_count); });
    m_patience->setSingleShot(true);
    m_patience->setInterval(patienceMs);
    connect(m_patience, &QTimer::timeout, this, [this] { setButtonText(tr("Checking …")); });
    setCount(1);
}

void GenerateBar::setCount(int count)
{
    m_count = qMax(1, count);
    m_times->setText(QStringLiteral("×\u2009%1").arg(m_count));
    const QString name = m_count == 1 ? tr("How many runs: one") : tr("How many runs: %1").arg(m_count);
    m_times->setAccessibleName(name);
    m_times->setToolTip(name);
}

void GenerateBar::setCanGenerate(bool can, const QString& reason)
{
    m_generate->setEnabled(can);
    m_generate->setToolTip(can ? QString() : plainToolTip(reason));
    m_generate->setAccessibleDescription(can ? QString() : reason);
}

// The button stays usable: what is pressed meanwhile is done after it.
void GenerateBar::setPreparing(bool preparing)
{
    if (preparing) {
        m_patience->start();
    } else {
        m_patience->stop();
        setButtonText(tr("Generate"));
    }
}

void GenerateBar::setButtonText(const QString& text)
{
    m_generate->setText(text);
    m_generate->setAccessibleName(text);
}

QList<QWidget*> GenerateBar::tabStops() const
{
    return {m_times, m_generate};
}

void GenerateBar::showMenu()
{
    auto* menu = new QMenu(m_times);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto* counts = new QActionGroup(menu);
    for (const int count : {1, 2, 3, 4, 6, 8, 12, 16, 24, 50, 100}) {
        QAction* action =
            menu->addAction(QStringLiteral("×\u2009%1").arg(count), this, [this, count] { setCount(count); });
        action->setCheckable(true);
        action->setChecked(count == m_count);
        counts->addAction(action);
    }
    menu->addSeparator();
    m_seeds.addRulesTo(*menu);
    const QPoint above = m_times->mapToGlobal(QPoint(0, -menu->sizeHint().height() - space::tight));
    menu->popup(above);
}

} // namespace gesso
