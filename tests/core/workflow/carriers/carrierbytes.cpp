// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/workflow/carriers/carrierbytes.h"

#include <QBuffer>
#include <QtEndian>

#include <algorithm>

namespace gesso::carrierbytes {
namespace {

template <typename T> QByteArray bigEndian(T value)
{
    QByteArray bytes(sizeof(T), '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray big16(quint16 value)
{
    return bigEndian(value);
}

QByteArray big32(quint32 value)
{
    return bigEndian(value);
}

QByteArray big64(quint64 value)
{
    return bigEndian(value);
}

QByteArray little32(quint32 value)
{
    QByteArray bytes = bigEndian(value);
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

TextList readTexts(Reader reader, const QByteArray& bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    ByteSource source(buffer);
    return reader(source);
}

QByteArray textOf(const TextList& texts, const QString& key)
{
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [&key](const EmbeddedText& text) { return text.key == key; });
    return found == texts.end() ? QByteArray() : found->text;
}

QString brokenByTruncation(Reader reader, const QByteArray& bytes)
{
    const TextList whole = readTexts(reader, bytes);
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        const TextList cut = readTexts(reader, bytes.first(length));
        if (cut.size() > whole.size() || !std::equal(cut.begin(), cut.end(), whole.begin())) {
            return QStringLiteral("cut to %1 bytes").arg(length);
        }
    }
    return {};
}

QString brokenByChange(Reader reader, const QByteArray& bytes)
{
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        for (const char value : {'\x00', '\x01', '\x08', '\x7f', '\x80', '\xff'}) {
            QByteArray changed = bytes;
            changed[at] = value;
            const TextList texts = readTexts(reader, changed);
            const bool isLarger = std::any_of(texts.begin(), texts.end(), [&bytes](const EmbeddedText& text) {
                return text.text.size() > 3 * bytes.size(); // UTF-8 takes three bytes for two of UTF-16
            });
            if (texts.size() > kMaxTexts || isLarger) {
                return QStringLiteral("byte %1 as %2").arg(at).arg(uchar(value));
            }
        }
    }
    return {};
}

} // namespace gesso::carrierbytes
