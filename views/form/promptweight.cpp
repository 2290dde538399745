// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/form/promptweight.h"

#include <QRegularExpression>

#include <cmath>
#include <optional>

namespace gesso {

namespace {

bool isDelimiter(QChar c)
{
    static const QString delimiters = QStringLiteral(".,\\/!?%^*;:{}<>|=`~()[]\"");
    return c.isSpace() || delimiters.contains(c);
}

struct Span {
    qsizetype start = 0;
    qsizetype end = 0;
};

Span wordAt(const QString& text, qsizetype caret)
{
    Span span{caret, caret};
    while (span.start > 0 && !isDelimiter(text[span.start - 1]))
        --span.start;
    while (span.end < text.size() && !isDelimiter(text[span.end]))
        ++span.end;
    return span;
}

// The innermost brackets round [start, end), from "(" to after ")". A bracket written "\(" is a letter.
std::optional<Span> bracketsRound(const QString& text, qsizetype start, qsizetype end)
{
    const auto escaped = [&text](qsizetype at) { return at > 0 && text[at - 1] == u'\\'; };
    int depth = 0;
    qsizetype open = start - 1;
    for (; open >= 0; --open) {
        if (escaped(open))
            continue;
        if (text[open] == u')')
            ++depth;
        else if (text[open] == u'(' && depth-- == 0)
            break;
    }
    if (open < 0)
        return std::nullopt;
    depth = 0;
    for (qsizetype close = end; close < text.size(); ++close) {
        if (escaped(close))
            continue;
        if (text[close] == u'(')
            ++depth;
        else if (text[close] == u')' && depth-- == 0)
            return Span{open, close + 1};
    }
    return std::nullopt;
}

// QString::count() would count overlapping matches.
int matchesIn(const QString& text, const QRegularExpression& pattern)
{
    int count = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext(); matches.next())
        ++count;
    return count;
}

QString weightText(double weight)
{
    return QString::number(std::round(weight * 100) / 100, 'g', 6);
}

} // namespace

TextSelection adjustWeight(const TextSelection& selection, double delta)
{
    const QString& text = selection.text;
    Span span{qBound(qsizetype(0), selection.start, text.size()),
              qBound(qsizetype(0), selection.end, text.size())};
    const bool caretOnly = span.start == span.end;
    if (caretOnly)
        span = wordAt(text, span.start);
    // White space at the ends of a selection stays outside the brackets.
    while (span.start < span.end && text[span.start].isSpace())
        ++span.start;
    while (span.end > span.start && text[span.end - 1].isSpace())
        --span.end;

    double weight = 1;
    Span whole = span;
    QString inner = text.sliced(span.start, span.end - span.start);
    static const QRegularExpression weighted(QStringLiteral("^\\((.*):([-+]?\\d*\\.?\\d+)\\)$"),
                                             QRegularExpression::DotMatchesEverythingOption);
    const auto takeBrackets = [&](Span brackets) {
        const auto match = weighted.match(text.sliced(brackets.start, brackets.end - brackets.start));
        if (!match.hasMatch())
            return false;
        whole = brackets;
        inner = match.captured(1);
        weight = match.captured(2).toDouble();
        return true;
    };
    if (!takeBrackets(span)) {
        // Inside "(word:1.1)" the caret or a selection of exactly its words changes that weight.
        if (const auto brackets = bracketsRound(text, span.start, span.end)) {
            const QString words = text.sliced(brackets->start + 1, brackets->end - brackets->start - 2);
            const qsizetype colon = words.lastIndexOf(u':');
            const bool wholeWords =
                span.start == brackets->start + 1 && span.end == brackets->start + 1 + colon;
            if (caretOnly || wholeWords)
                takeBrackets(*brackets);
        }
    }
    if (inner.isEmpty())
        return selection;

    weight = std::round((weight + delta) * 100) / 100;
    const bool plain = std::fabs(weight - 1) < 0.001;
    const QString replacement = plain ? inner : u'(' + inner + u':' + weightText(weight) + u')';
    TextSelection result{text, whole.start, whole.start + replacement.size()};
    result.text.replace(whole.start, whole.end - whole.start, replacement);
    return result;
}

int wordCount(const QString& prompt)
{
    static const QRegularExpression noise(QStringLiteral("<[^<>]*>|:[-+]?\\d*\\.?\\d+(?=\\s*\\))"));
    static const QRegularExpression word(QStringLiteral("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}'’_-]*"));
    // Han and kana are written without spaces: each counts.
    static const QRegularExpression ideograph(QStringLiteral("[\\p{Han}\\p{Hiragana}\\p{Katakana}]"));
    QString text = prompt;
    text.replace(noise, QStringLiteral(" "));
    const int ideographs = matchesIn(text, ideograph);
    text.replace(ideograph, QStringLiteral(" "));
    return matchesIn(text, word) + ideographs;
}

} // namespace gesso
