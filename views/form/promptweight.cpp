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

// "(words:1.2)" taken apart; words without brackets have the weight 1.
struct Weighted {
    Span whole; // brackets and weight included
    QString words;
    double weight = 1;
};

std::optional<Weighted> weightedAt(const QString& text, Span span)
{
    static const QRegularExpression form(QStringLiteral("^\\((.*):([-+]?\\d*\\.?\\d+)\\)$"),
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(text.sliced(span.start, span.end - span.start));
    if (!match.hasMatch())
        return std::nullopt;
    return Weighted{span, match.captured(1), match.captured(2).toDouble()};
}

// What a selection means: the brackets it is, those it stands in, or plain words. Inside "(word:1.1)" the
// caret or a selection of exactly its words changes that weight.
Weighted weightedFor(const QString& text, Span span, bool caretOnly)
{
    if (const auto selected = weightedAt(text, span))
        return *selected;
    if (const auto brackets = bracketsRound(text, span.start, span.end)) {
        const QString words = text.sliced(brackets->start + 1, brackets->end - brackets->start - 2);
        const qsizetype colon = words.lastIndexOf(u':');
        const bool wholeWords = span.start == brackets->start + 1 && span.end == brackets->start + 1 + colon;
        const auto around = caretOnly || wholeWords ? weightedAt(text, *brackets) : std::nullopt;
        if (around)
            return *around;
    }
    return {span, text.sliced(span.start, span.end - span.start), 1};
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

    const Weighted old = weightedFor(text, span, caretOnly);
    if (old.words.isEmpty())
        return selection;
    const double weight = std::round((old.weight + delta) * 100) / 100;
    const bool plain = std::fabs(weight - 1) < 0.001;
    const QString replacement = plain ? old.words : u'(' + old.words + u':' + weightText(weight) + u')';
    TextSelection result{text, old.whole.start, old.whole.start + replacement.size()};
    result.text.replace(old.whole.start, old.whole.end - old.whole.start, replacement);
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
