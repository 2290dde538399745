// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/prompthighlighter.h"

#include "views/theme/themecontroller.h"

#include <QRegularExpression>

namespace gesso {

namespace {

enum BlockState { Plain = 0, InComment = 1 };

} // namespace

PromptHighlighter::PromptHighlighter(const ThemeController& theme, QTextDocument* document)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
{
    connect(&theme, &ThemeController::changed, this, &QSyntaxHighlighter::rehighlight);
}

void PromptHighlighter::highlightBlock(const QString& text)
{
    highlightWeights(text);
    static const QRegularExpression tags(QStringLiteral("<[A-Za-z]+:[^<>]*>|\\bembedding:[\\w./\\\\-]+"));
    auto matches = tags.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        setFormat(int(match.capturedStart()), int(match.capturedLength()), m_theme.color(ColorToken::Good));
    }
    static const QRegularExpression choice(QStringLiteral("\\{[^{}]*\\|[^{}]*\\}"));
    matches = choice.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        for (qsizetype at = match.capturedStart(); at < match.capturedEnd(); ++at) {
            if (text[at] == u'{' || text[at] == u'|' || text[at] == u'}')
                setFormat(int(at), 1, m_theme.color(ColorToken::Warn));
        }
    }
    highlightComments(text);
}

// From "(" to its ")" where a weight stands before it; brackets in brackets as one.
void PromptHighlighter::highlightWeights(const QString& text)
{
    static const QRegularExpression weightEnd(QStringLiteral(":\\s*[-+]?\\d*\\.?\\d+\\s*$"));
    QList<qsizetype> open;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == u'\\') {
            ++at;
        } else if (text[at] == u'(') {
            open.append(at);
        } else if (text[at] == u')' && !open.isEmpty()) {
            const qsizetype start = open.takeLast();
            // A weight is short: looking at the last few letters keeps this linear.
            const QString tail = text.sliced(qMax(start, at - 12), at - qMax(start, at - 12));
            if (weightEnd.match(tail).hasMatch())
                setFormat(int(start), int(at - start + 1), m_theme.color(ColorToken::Accent));
        }
    }
}

void PromptHighlighter::highlightComments(const QString& text)
{
    const QColor faint = m_theme.color(ColorToken::TextFaint);
    setCurrentBlockState(Plain);
    qsizetype at = 0;
    bool inside = previousBlockState() == InComment;
    while (at < text.size() || inside) {
        qsizetype start = inside ? at : text.indexOf(QLatin1String("/*"), at);
        if (start < 0)
            break;
        const qsizetype close = text.indexOf(QLatin1String("*/"), inside ? start : start + 2);
        const qsizetype end = close < 0 ? text.size() : close + 2;
        setFormat(int(start), int(end - start), faint);
        if (close < 0) {
            setCurrentBlockState(InComment);
            return;
        }
        inside = false;
        at = end;
    }
}

} // namespace gesso
