// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/pngtexts.h"

#include "core/workflow/carriers/exiftexts.h"
#include "core/workflow/carriers/inflate.h"
#include "core/workflow/carriers/textcollector.h"

#include <QtEndian>

#include <optional>

namespace gesso {
namespace {

constexpr QByteArrayView kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr qint64 kChunkFrame = 12; // length, type, checksum
constexpr int kMaxChunks = 1'000'000; // of a picture in many small parts; a hostile file could have more
constexpr int kMaxBroken = 4; // texts that inflate to more than is allowed cost the most

// Splits at the first NUL; the rest is empty if there is none.
std::pair<QByteArrayView, QByteArrayView> splitAtNul(QByteArrayView bytes)
{
    const qsizetype nul = bytes.indexOf('\0');
    return nul < 0 ? std::pair(bytes, QByteArrayView()) : std::pair(bytes.first(nul), bytes.sliced(nul + 1));
}

std::optional<QByteArray> compressedText(QByteArrayView zlibStream, qint64 maxBytes)
{
    const std::optional<QByteArray> text = inflateBounded(zlibStream, maxBytes);
    return text ? std::optional(toUtf8(*text)) : std::nullopt;
}

// zTXt: keyword, NUL, method (0), zlib stream.
std::optional<QByteArray> textOfZtxt(QByteArrayView rest, qint64 maxBytes)
{
    return rest.size() < 2 || rest[0] != 0 ? std::nullopt : compressedText(rest.sliced(1), maxBytes);
}

// iTXt: keyword, NUL, compressed?, method, language, NUL, translated keyword, NUL, text.
std::optional<QByteArray> textOfItxt(QByteArrayView rest, qint64 maxBytes)
{
    if (rest.size() < 2) {
        return std::nullopt;
    }
    const bool compressed = rest[0] != 0;
    const QByteArrayView text = splitAtNul(splitAtNul(rest.sliced(2)).second).second;
    return compressed ? compressedText(text, maxBytes) : std::optional(toUtf8(text));
}

std::optional<QByteArray> textOf(QByteArrayView type, QByteArrayView rest, qint64 maxBytes)
{
    if (type == "zTXt") {
        return textOfZtxt(rest, maxBytes);
    }
    if (type == "iTXt") {
        return textOfItxt(rest, maxBytes);
    }
    return toUtf8(rest); // tEXt, comf
}

bool carriesText(QByteArrayView type)
{
    return type == "tEXt" || type == "zTXt" || type == "iTXt" || type == "comf";
}

// False if the text cannot be inflated, or would be larger than is allowed.
bool addChunk(QByteArrayView type, QByteArrayView content, TextCollector& texts)
{
    if (type == "eXIf") {
        texts.add(exifTexts(content));
        return true;
    }
    const auto [key, rest] = splitAtNul(content);
    const std::optional<QByteArray> text = textOf(type, rest, texts.bytesLeft());
    if (text) {
        texts.add(QString::fromLatin1(key), *text, QString::fromLatin1(type));
    }
    return text.has_value();
}

} // namespace

bool isPng(QByteArrayView head)
{
    return head.startsWith(kSignature);
}

TextList pngTexts(ByteSource& file)
{
    TextCollector texts;
    qint64 at = kSignature.size();
    int broken = 0;
    for (int count = 0; count < kMaxChunks && broken < kMaxBroken && !texts.isFull(); ++count) {
        const QByteArray header = file.read(at, 8);
        if (header.isEmpty()) {
            break;
        }
        const qint64 length = qFromBigEndian<quint32>(header.data());
        const QByteArray type = header.mid(4);
        if (length > file.size() - at - kChunkFrame || type == "IEND") {
            break;
        }
        if ((carriesText(type) || type == "eXIf") && !addChunk(type, file.read(at + 8, length), texts)) {
            ++broken;
        }
        at += length + kChunkFrame;
    }
    return texts.take();
}

} // namespace gesso
