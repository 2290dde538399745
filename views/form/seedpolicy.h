// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/seed.h"

#include <QObject>
#include <QString>

#include <optional>

class QMenu;

namespace gesso {

// What seed fields share: the rule for the seed after a run, and the seed behind the picture shown, so that a
// field can say whether its number made that picture or comes next.
class SeedPolicy : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    SeedRule rule() const { return m_rule; }
    void setRule(SeedRule rule); // from outside
    void chooseRule(SeedRule rule); // by the person
    std::optional<Seed> shown() const { return m_shown; }
    void setShown(std::optional<Seed> seed);
    // "next 42" where the next run uses another number; else empty.
    QString nextText() const { return m_nextText; }
    void setNextText(const QString& text);

    // An action for each rule, that of now checked; triggering one chooses it.
    void addRulesTo(QMenu& menu);

    static QString nameOf(SeedRule rule); // "New seed after each run"
    static QString iconOf(SeedRule rule);

Q_SIGNALS:
    void changed();
    void ruleChosen(gesso::SeedRule rule);

private:
    SeedRule m_rule = SeedRule::Randomize;
    std::optional<Seed> m_shown;
    QString m_nextText;
};

} // namespace gesso
