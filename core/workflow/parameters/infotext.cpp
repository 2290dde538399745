// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/parameters/infotext.h"

#include "core/workflow/parameters/parametervalues.h"

#include <algorithm>

namespace gesso {
namespace {

using Values = QList<std::pair<QString, QString>>;

constexpr qsizetype kMaxName = 100;
constexpr int kFewestValues = 3; // a last line with fewer is still the prompt, says A1111

bool isNameCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u' ' || c == u'-' || c == u'/' || c == u'(' || c == u')';
}

// Behind the quote that closes the one at `at`; `at` if none does.
qsizetype endOfQuoted(QStringView line, qsizetype at)
{
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] == u'\\') {
            ++i;
        } else if (line[i] == u'"') {
            return i + 1;
        }
    }
    return at;
}

QString unquoted(QStringView value)
{
    const Result<Json> json = parseJson(value.toUtf8());
    return json && json->is_string() ? toQString(*json) : value.toString();
}

// "Name: value, Name: "quoted, value", …". What has no name is skipped.
Values valuesOf(QStringView line)
{
    Values values;
    bool quotesClose = true; // else each quote would be looked for up to the end again
    qsizetype at = 0;
    while (at < line.size() && values.size() < kMaxParameterValues) {
        const qsizetype start = at;
        while (at < line.size() && line[at] != u':' && line[at] != u',') {
            ++at;
        }
        const QStringView name = line.sliced(start, at - start).trimmed();
        const bool isNamed = at < line.size() && line[at] == u':' && name.size() > 1
            && name.size() <= kMaxName && std::all_of(name.begin(), name.end(), isNameCharacter);
        if (!isNamed) {
            ++at;
            continue;
        }
        ++at;
        while (at < line.size() && line[at] == u' ') {
            ++at;
        }
        const qsizetype valueStart = at;
        if (quotesClose && at < line.size() && line[at] == u'"') {
            at = endOfQuoted(line, at);
            quotesClose = at != valueStart;
        }
        const bool isQuoted = at != valueStart;
        const qsizetype comma = line.indexOf(u',', at);
        const qsizetype end = comma < 0 ? line.size() : comma;
        const QStringView value = line.sliced(valueStart, end - valueStart).trimmed();
        values.append({name.toString(), isQuoted ? unquoted(value) : value.toString()});
        at = end + 1;
    }
    return values;
}

bool startsWithSteps(QStringView line)
{
    return line.startsWith(u"Steps:");
}

QString valueNamed(const Values& values, QLatin1String name)
{
    const auto found =
        std::find_if(values.begin(), values.end(), [name](const auto& value) { return value.first == name; });
    return found == values.end() ? QString() : found->second;
}

// Forge writes "f2.0.1v1.10.1-…", A1111 "v1.10.1", others their name.
QString programOf(const Values& values)
{
    const QString app = valueNamed(values, QLatin1String("App"));
    if (!app.isEmpty()) {
        return app;
    }
    const QString version = valueNamed(values, QLatin1String("Version"));
    if (version.startsWith(u'f') && version.size() > 1 && version[1].isDigit()) {
        return QStringLiteral("Forge");
    }
    for (const QString& name : {QStringLiteral("Fooocus"), QStringLiteral("ComfyUI")}) {
        if (version.startsWith(name)) {
            return name;
        }
    }
    return QStringLiteral("A1111");
}

// The line of values: the last that begins with "Steps:", else the last line if it has enough of them.
qsizetype lineOfValues(const QStringList& lines)
{
    for (qsizetype i = lines.size() - 1; i >= 0; --i) {
        if (startsWithSteps(lines[i])) {
            return i;
        }
    }
    return valuesOf(lines.last()).size() >= kFewestValues ? lines.size() - 1 : lines.size();
}

// "Template: a {cat|dog}, asleep": one value a line, commas and all.
void addOwnLine(const QString& line, GenerationParameters& parameters)
{
    const qsizetype colon = line.indexOf(u':');
    if (colon > 0 && colon <= kMaxName) {
        addValue(line.left(colon).trimmed(), line.mid(colon + 1).trimmed(), parameters);
    }
}

void addPrompts(const QStringList& lines, GenerationParameters& parameters)
{
    const QLatin1String mark("Negative prompt:");
    QStringList positive;
    QStringList negative;
    bool isNegative = false;
    for (QString line : lines) {
        if (line.startsWith(mark)) {
            isNegative = true;
            line = line.mid(mark.size()).trimmed();
        }
        (isNegative ? negative : positive).append(line);
    }
    parameters.positive = positive.join(u'\n').trimmed();
    parameters.negative = negative.join(u'\n').trimmed();
}

} // namespace

std::optional<GenerationParameters> readInfotext(const QString& text, bool isCertain)
{
    QStringList lines = text.trimmed().split(u'\n');
    for (QString& line : lines) {
        line = line.trimmed();
    }
    const qsizetype valuesAt = lineOfValues(lines);
    const bool hasSteps = valuesAt < lines.size() && startsWithSteps(lines[valuesAt]);
    if (text.trimmed().isEmpty() || (!isCertain && !hasSteps)) {
        return std::nullopt;
    }
    GenerationParameters parameters;
    addPrompts(lines.first(valuesAt), parameters);
    const Values values = valuesAt < lines.size() ? valuesOf(lines[valuesAt]) : Values();
    for (const auto& [name, value] : values) {
        addValue(name, value, parameters);
    }
    for (qsizetype i = valuesAt + 1; i < lines.size(); ++i) {
        addOwnLine(lines[i], parameters);
    }
    parameters.program = programOf(values);
    return parameters;
}

} // namespace gesso
