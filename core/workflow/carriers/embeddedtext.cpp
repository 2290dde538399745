// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/embeddedtext.h"

#include <QStringConverter>

#include <algorithm>
#include <optional>

namespace gesso {
namespace {

// ASCII in UTF-16 has a NUL in every other place. A handful of characters is enough to tell.
std::optional<QStringConverter::Encoding> utf16WithoutMark(QByteArrayView text)
{
    if (text.size() < 4 || text.size() % 2 != 0) {
        return std::nullopt;
    }
    if (text[0] == 0 && text[1] != 0 && text[2] == 0) {
        return QStringConverter::Utf16BE;
    }
    if (text[0] != 0 && text[1] == 0 && text[3] == 0) {
        return QStringConverter::Utf16LE;
    }
    return std::nullopt;
}

QByteArray decoded(QByteArrayView text, QStringConverter::Encoding encoding)
{
    QStringDecoder decoder(encoding);
    const QString result = decoder(text);
    return result.toUtf8();
}

// A few bad bytes in UTF-8 are replaced, as browsers do; where no sequence is good, it is Latin-1.
QByteArray fromDamagedUtf8(QByteArrayView text)
{
    const QString replaced = QString::fromUtf8(text);
    const bool hasGood = std::any_of(replaced.begin(), replaced.end(), [](QChar c) {
        return c.unicode() > 0x7f && c != QChar::ReplacementCharacter;
    });
    return (hasGood ? replaced : QString::fromLatin1(text)).toUtf8();
}

QByteArray withoutTrailingNuls(QByteArray text)
{
    while (text.endsWith('\0')) {
        text.chop(1);
    }
    return text;
}

} // namespace

QByteArray toUtf8(QByteArrayView text)
{
    std::optional<QStringConverter::Encoding> encoding = QStringConverter::encodingForData(text);
    if (!encoding) {
        encoding = utf16WithoutMark(text);
    }
    if (encoding && *encoding != QStringConverter::Utf8) {
        return withoutTrailingNuls(decoded(text, *encoding));
    }
    const bool hasMark = encoding.has_value();
    const QByteArrayView plain = hasMark ? text.sliced(3) : text;
    return withoutTrailingNuls(plain.isValidUtf8() ? plain.toByteArray() : fromDamagedUtf8(plain));
}

} // namespace gesso
