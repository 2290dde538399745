// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/runs/rundifference.h"

#include <QCoreApplication>

namespace gesso {

namespace {

constexpr qsizetype shownChanges = 2;
constexpr qsizetype longestShownText = 24;

QString text(const char* source)
{
    return QCoreApplication::translate("RunDifference", source);
}

bool isSeed(const QString& input)
{
    return input == u"seed" || input == u"noise_seed";
}

// "sampler_name" → "Sampler name"; ComfyUI's "cfg" under the name the form gives it.
QString inputLabel(const QString& input)
{
    if (input == u"cfg") {
        return text("Guidance");
    }
    QString label = input;
    label.replace(u'_', u' ');
    return label.isEmpty() ? label : QString(label.at(0).toUpper() + label.mid(1));
}

QString shown(const Json& value)
{
    return value.is_string() ? toQString(value) : QString::fromUtf8(writeJson(value));
}

QString change(const QString& input, const Json* before, const Json& now)
{
    const QString from = before == nullptr ? QString() : shown(*before);
    const QString to = shown(now);
    if (before == nullptr || from.size() > longestShownText || to.size() > longestShownText
        || now.is_structured()) {
        return text("%1 changed").arg(inputLabel(input));
    }
    return QStringLiteral("%1 %2 → %3").arg(inputLabel(input), from, to);
}

bool isSameGraph(const Prompt& a, const Prompt& b)
{
    if (a.nodes.size() != b.nodes.size()) {
        return false;
    }
    for (const PromptNode& node : a.nodes) {
        const PromptNode* other = b.node(node.id);
        if (other == nullptr || other->classType != node.classType) {
            return false;
        }
    }
    return true;
}

QStringList changes(const Prompt& now, const Prompt& before)
{
    QStringList found;
    for (const PromptNode& node : now.nodes) {
        const PromptNode* old = before.node(node.id);
        for (const auto& [input, value] : node.inputs) {
            const Json* oldValue = old == nullptr ? nullptr : old->input(input);
            if (!isSeed(input) && (oldValue == nullptr || *oldValue != value)) {
                found.append(change(input, oldValue, value));
            }
        }
    }
    return found;
}

} // namespace

QString runDifference(const RunRequest& run, const RunRequest* before)
{
    const QString seed = run.seed ? text("seed %1").arg(run.seed->value) : QString();
    if (before == nullptr || !isSameGraph(run.prompt, before->prompt)) {
        return seed;
    }
    QStringList parts = changes(run.prompt, before->prompt);
    if (const qsizetype more = parts.size() - shownChanges; more > 0) {
        parts = parts.mid(0, shownChanges);
        parts.append(text("%1 more").arg(more));
    }
    const bool seedChanged = run.seed != before->seed;
    if (!seed.isEmpty() && seedChanged) {
        parts.append(seed);
    }
    return parts.isEmpty() ? text("same values") : parts.join(QStringLiteral(" · "));
}

} // namespace gesso
