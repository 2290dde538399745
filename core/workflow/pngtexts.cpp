// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/embeddedtexts.h"

#include "core/workflow/inflate.h"

#include <QString>
#include <QtEndian>

namespace gesso {
namespace {

constexpr QByteArrayView kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr qsizetype kMaxTextBytes = 64 * 1024 * 1024;
constexpr qsizetype kMaxTexts = 256;

// Splits at the first NUL; the rest is empty if there is none.
std::pair<QByteArrayView, QByteArrayView> splitAtNul(QByteArrayView data)
{
    const qsizetype nul = data.indexOf('\0');
    return nul < 0 ? std::pair(data, QByteArrayView()) : std::pair(data.first(nul), data.sliced(nul + 1));
}

std::optional<QByteArray> compressedText(QByteArrayView data)
{
    const std::optional<QByteArray> text = inflateBounded(data, kMaxTextBytes);
    return text ? std::optional(toUtf8(*text)) : std::nullopt;
}

// zTXt: keyword, NUL, method (0), zlib stream.
std::optional<QByteArray> textOfZtxt(QByteArrayView rest)
{
    return rest.size() < 2 || rest[0] != 0 ? std::nullopt : compressedText(rest.sliced(1));
}

// iTXt: keyword, NUL, compressed?, method, language, NUL, translated keyword, NUL, text.
std::optional<QByteArray> textOfItxt(QByteArrayView rest)
{
    if (rest.size() < 2) {
        return std::nullopt;
    }
    const bool compressed = rest[0] != 0;
    const QByteArrayView text = splitAtNul(splitAtNul(rest.sliced(2)).second).second;
    return compressed ? compressedText(text) : std::optional(toUtf8(text));
}

std::optional<QByteArray> textOf(QByteArrayView type, QByteArrayView rest)
{
    if (type == "tEXt" || type == "comf") {
        return toUtf8(rest);
    }
    if (type == "zTXt") {
        return textOfZtxt(rest);
    }
    if (type == "iTXt") {
        return textOfItxt(rest);
    }
    return std::nullopt;
}

} // namespace

bool isPng(QByteArrayView file)
{
    return file.startsWith(kSignature);
}

TextList pngTexts(QByteArrayView file)
{
    TextList texts;
    qsizetype total = 0;
    qsizetype at = kSignature.size();
    while (file.size() - at >= 12 && texts.size() < kMaxTexts) { // length, type, checksum
        const qsizetype length = qsizetype(qFromBigEndian<quint32>(file.data() + at));
        const QByteArrayView type = file.sliced(at + 4, 4);
        if (length > file.size() - at - 12 || type == "IEND") {
            break;
        }
        const auto [key, rest] = splitAtNul(file.sliced(at + 8, length));
        if (const std::optional<QByteArray> text = textOf(type, rest)) {
            total += text->size();
            if (total > kMaxTextBytes) {
                break;
            }
            texts.emplaceBack(QString::fromLatin1(key), *text);
        }
        at += length + 12;
    }
    return texts;
}

} // namespace gesso
