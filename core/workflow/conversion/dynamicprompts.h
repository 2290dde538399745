// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/graphconverter.h"

#include <QRandomGenerator>

namespace gesso::conversion {

// {a|b}, comments and backslashes in texts with the option dynamicPrompts (conversion.md, 4.1).
class DynamicPrompts
{
public:
    DynamicPrompts(ChoiceRule rule, quint64 seed);

    QString expand(const QString& text); // each random choice takes the next number

private:
    QString expandChoices(const QString& text, qsizetype& at, int depth);
    QString choose(const QStringList& options);

    ChoiceRule m_rule;
    QRandomGenerator64 m_random;
};

} // namespace gesso::conversion
