// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/seedpolicy.h"

#include <QActionGroup>
#include <QMenu>

namespace gesso {

void SeedPolicy::setRule(SeedRule rule)
{
    if (rule == m_rule)
        return;
    m_rule = rule;
    Q_EMIT changed();
}

void SeedPolicy::chooseRule(SeedRule rule)
{
    setRule(rule);
    Q_EMIT ruleChosen(rule);
}

void SeedPolicy::setShown(std::optional<Seed> seed)
{
    if (seed == m_shown)
        return;
    m_shown = seed;
    Q_EMIT changed();
}

void SeedPolicy::setNextText(const QString& text)
{
    if (text == m_nextText)
        return;
    m_nextText = text;
    Q_EMIT changed();
}

void SeedPolicy::addRulesTo(QMenu& menu)
{
    auto* rules = new QActionGroup(&menu);
    for (const SeedRule rule :
         {SeedRule::Fixed, SeedRule::Randomize, SeedRule::Increment, SeedRule::Decrement}) {
        QAction* action = menu.addAction(nameOf(rule), this, [this, rule] { chooseRule(rule); });
        action->setCheckable(true);
        action->setChecked(rule == m_rule);
        rules->addAction(action);
    }
}

QString SeedPolicy::nameOf(SeedRule rule)
{
    switch (rule) {
    case SeedRule::Fixed:
        return tr("Keep this seed");
    case SeedRule::Increment:
        return tr("Count up after each run");
    case SeedRule::Decrement:
        return tr("Count down after each run");
    case SeedRule::Randomize:
        break;
    }
    return tr("New seed after each run");
}

QString SeedPolicy::iconOf(SeedRule rule)
{
    switch (rule) {
    case SeedRule::Fixed:
        return QStringLiteral("lock");
    case SeedRule::Increment:
        return QStringLiteral("arrow-up");
    case SeedRule::Decrement:
        return QStringLiteral("arrow-down");
    case SeedRule::Randomize:
        break;
    }
    return QStringLiteral("shuffle");
}

} // namespace gesso
