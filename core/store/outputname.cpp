// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/store/outputname.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace gesso {

namespace {

constexpr int maxSuffixBytes = 16;

// Needed by scripts and emoji, where they change what is seen; anywhere else they only make two names look
// alike.
bool isJoiner(char32_t c)
{
    return c == 0x200C || c == 0x200D;
}

// Seen as nothing or as a space, though Unicode calls them letters, marks or symbols.
bool isBlank(char32_t c)
{
    constexpr std::array<char32_t, 9> blanks{0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5,
                                             0x2800, 0x3164, 0xFFA0, 0xFFFD};
    return std::find(blanks.begin(), blanks.end(), c) != blanks.end();
}

// Characters that are dropped: they are invisible, change the direction of what follows or are no text at
// all.
bool isUnwanted(char32_t c)
{
    if (isBlank(c)) {
        return true;
    }
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_Format:
        return true;
    default:
        return false;
    }
}

bool isJoinable(const QList<uint>& characters, qsizetype i)
{
    constexpr uint asciiEnd = 0x80;
    return i >= 0 && i < characters.size() && characters[i] >= asciiEnd && !isUnwanted(characters[i]);
}

QString cleaned(const QString& text)
{
    QString result;
    // One way to write each character: else two names that look alike are two files here and one elsewhere.
    const QList<uint> characters = text.normalized(QString::NormalizationForm_C).toUcs4();
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        const bool joins = isJoiner(c) && isJoinable(characters, i - 1) && isJoinable(characters, i + 1);
        if (isUnwanted(c) && !joins) {
            continue;
        }
        const bool isReserved = c < 0x80 && QLatin1String("<>:\"|?*/\\").contains(QLatin1Char(char(c)));
        result += isReserved ? QStringLiteral("_") : QString::fromUcs4(&c, 1);
    }
    return result;
}

// Windows opens the device for these, whatever the suffix.
bool isDeviceName(const QString& fileName)
{
    static const QRegularExpression device(
        QStringLiteral("^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$)$"),
        QRegularExpression::CaseInsensitiveOption);
    return device.match(fileName.section(u'.', 0, 0).trimmed()).hasMatch();
}

QString suffixOf(const QString& fileName)
{
    const qsizetype dot = fileName.lastIndexOf(u'.');
    if (dot <= 0 || fileName.mid(dot).toUtf8().size() > maxSuffixBytes) {
        return {};
    }
    return fileName.mid(dot);
}

QString cutToBytes(const QString& text, qsizetype bytes)
{
    QString result = text;
    while (result.toUtf8().size() > bytes) {
        const qsizetype over = result.toUtf8().size() - bytes;
        result.chop(std::max<qsizetype>(1, over / 4)); // a UTF-16 unit is at most three bytes
        if (!result.isEmpty() && result.back().isHighSurrogate()) {
            result.chop(1);
        }
    }
    return result;
}

QString withoutEdges(QString text)
{
    while (!text.isEmpty() && (text.front() == u'.' || text.front().isSpace())) {
        text.remove(0, 1);
    }
    while (!text.isEmpty() && (text.back() == u'.' || text.back().isSpace())) {
        text.chop(1);
    }
    return text;
}

QString lastComponent(const QString& path)
{
    const qsizetype separator = std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\'));
    return path.mid(separator + 1);
}

// Cut to the length a file name may have, the suffix kept.
QString shortened(const QString& name)
{
    const QString suffix = suffixOf(name);
    const QString stem = name.chopped(suffix.size());
    return withoutEdges(cutToBytes(stem, maxFileNameBytes - suffix.toUtf8().size())) + suffix;
}

// From here on there is one component; see the header for the rules.
QString safeComponent(const QString& text)
{
    QString name = withoutEdges(cleaned(text));
    if (name.startsWith(u'-')) {
        name.replace(0, 1, u'_'); // would be an option to a command
    }
    name = shortened(name);
    if (isDeviceName(name)) {
        name = shortened(u'_' + name);
    }
    name = withoutEdges(name);
    return name.isEmpty() ? QStringLiteral("result") : name;
}

QString tokenValue(const QString& token, const QString& serverStem, const OutputNameValues& values,
                   bool* isKnown)
{
    *isKnown = true;
    if (token == QLatin1String("title")) {
        return values.title;
    }
    if (token == QLatin1String("seed")) {
        return values.seed ? QString::number(values.seed->value) : QString();
    }
    if (token == QLatin1String("date")) {
        return values.time.toString(QStringLiteral("yyyy-MM-dd"));
    }
    if (token == QLatin1String("time")) {
        return values.time.toString(QStringLiteral("HH-mm-ss"));
    }
    if (token == QLatin1String("index")) {
        return QString::number(values.index);
    }
    if (token == QLatin1String("name")) {
        return serverStem;
    }
    if (token == QLatin1String("node")) {
        return values.node;
    }
    *isKnown = false;
    return {};
}

// Replaces in one pass, so that a title "{seed}" stays a title.
QString expanded(const QString& pattern, const QString& serverStem, const OutputNameValues& values)
{
    static const QRegularExpression token(QStringLiteral("\\{([a-z]+)\\}"));
    QString result;
    qsizetype end = 0;
    for (auto it = token.globalMatch(pattern); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        result += pattern.mid(end, match.capturedStart() - end);
        bool isKnown = false;
        const QString value = tokenValue(match.captured(1), serverStem, values, &isKnown);
        result += isKnown ? value : match.captured();
        end = match.capturedEnd();
    }
    return result + pattern.mid(end);
}

} // namespace

QString safeFileName(const QString& name)
{
    return safeComponent(lastComponent(name));
}

QString outputFileName(const QString& pattern, const QString& serverName, const OutputNameValues& values)
{
    const QString safeServerName = safeFileName(serverName);
    if (pattern.trimmed().isEmpty()) {
        return safeServerName;
    }
    const QString suffix = suffixOf(safeServerName);
    QString stem = expanded(pattern.trimmed(), safeServerName.chopped(suffix.size()), values).trimmed();
    if (!suffix.isEmpty() && stem.endsWith(suffix, Qt::CaseInsensitive)) {
        stem.chop(suffix.size());
    }
    stem = withoutEdges(cleaned(stem));
    return safeComponent((stem.isEmpty() ? QStringLiteral("result") : stem) + suffix);
}

QString numberedFileName(const QString& fileName, int number)
{
    if (number <= 1) {
        return fileName;
    }
    const QString suffix = suffixOf(fileName);
    return fileName.chopped(suffix.size()) + u" (" + QString::number(number) + u')' + suffix;
}

} // namespace gesso
