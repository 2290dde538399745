// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/conversion/dynamicprompts.h"

#include <QRegularExpression>

namespace gesso::conversion {
namespace {

constexpr int kMaxDepth = 64; // deeper braces stay as they are

QString withoutComments(QString text)
{
    // All four that end a line in JavaScript: CRLF and CR stay in texts.
    static const QRegularExpression comment(QStringLiteral(R"(/\*[\s\S]*?\*/|//[^\n\r\x{2028}\x{2029}]*)"));
    return text.remove(comment);
}

// "\{", "\}" and "\|" lose the backslash; any other "\x" stays.
QString unescaped(QString text)
{
    static const QRegularExpression escape(QStringLiteral(R"(\\([{}|]))"));
    return text.replace(escape, QStringLiteral("\\1"));
}

} // namespace

DynamicPrompts::DynamicPrompts(ChoiceRule rule, quint64 seed)
    : m_rule(rule)
    , m_random(seed)
{
}

QString DynamicPrompts::expand(const QString& text)
{
    const QString plain = withoutComments(text);
    QString result;
    qsizetype at = 0;
    while (at < plain.size()) {
        const QChar c = plain.at(at);
        if (c == u'\\') { // the front end reads one character further, also at the very end
            result += c;
            result += at + 1 < plain.size() ? QString(plain.at(at + 1)) : QStringLiteral("undefined");
            at += 2;
        } else if (c == u'{') {
            result += expandChoices(plain, ++at, 1);
        } else {
            result += c;
            ++at;
        }
    }
    return unescaped(result);
}

// From behind a "{" to behind its "}", or the end of the text.
QString DynamicPrompts::expandChoices(const QString& text, qsizetype& at, int depth)
{
    QStringList options;
    QString current;
    while (at < text.size() && text.at(at) != u'}') {
        const QChar c = text.at(at);
        if (c == u'|') {
            options.append(current);
            current.clear();
            ++at;
        } else if (c == u'\\') {
            current += c;
            current += at + 1 < text.size() ? QString(text.at(at + 1)) : QStringLiteral("undefined");
            at += 2;
        } else if (c == u'{' && depth < kMaxDepth) {
            current += expandChoices(text, ++at, depth + 1);
        } else {
            current += c;
            ++at;
        }
    }
    ++at;
    options.append(current);
    return choose(options);
}

QString DynamicPrompts::choose(const QStringList& options)
{
    switch (m_rule) {
    case ChoiceRule::First:
        return options.constFirst();
    case ChoiceRule::Last:
        return options.constLast();
    case ChoiceRule::Random:
        break;
    }
    // Not std::uniform_int_distribution: its numbers differ between standard libraries.
    return options.at(qsizetype(m_random.generate() % quint64(options.size())));
}

} // namespace gesso::conversion
