// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/exiftexts.h"

#include "core/workflow/carriers/bytecursor.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/tiffreader.h"

#include <QStringConverter>

#include <algorithm>
#include <array>

namespace gesso {
namespace {

constexpr quint16 kExifDirectory = 0x8769;
constexpr quint16 kUserComment = 0x9286;
constexpr qsizetype kCharsetBytes = 8;
constexpr qsizetype kMaxKey = 64;

struct NamedTag {
    quint16 tag;
    const char* name;
};

// Those that hold words. Microsoft's XP… are UTF-16 in little-endian order, whatever the block's.
constexpr std::array kNames{
    NamedTag{0x010d, "DocumentName"}, NamedTag{0x010e, "ImageDescription"}, NamedTag{0x010f, "Make"},
    NamedTag{0x0110, "Model"},        NamedTag{0x0131, "Software"},         NamedTag{0x013b, "Artist"},
    NamedTag{0x013c, "HostComputer"}, NamedTag{0x8298, "Copyright"},        NamedTag{0x9c9b, "XPTitle"},
    NamedTag{0x9c9c, "XPComment"},    NamedTag{0x9c9e, "XPKeywords"},       NamedTag{0x9c9f, "XPSubject"},
};

QString nameOf(quint16 tag)
{
    const auto* const found =
        std::find_if(kNames.begin(), kNames.end(), [tag](const NamedTag& name) { return name.tag == tag; });
    return found == kNames.end() ? QStringLiteral("EXIF 0x%1").arg(tag, 4, 16, QLatin1Char('0'))
                                 : QString::fromLatin1(found->name);
}

bool isWideXp(quint16 tag)
{
    return tag >= 0x9c9b && tag <= 0x9c9f;
}

// What a decoder makes of the text, without what pads its end.
QByteArray decodedWith(QStringDecoder decoder, QByteArrayView text)
{
    const QString decoded = decoder(text);
    QByteArray result = decoded.toUtf8();
    while (result.endsWith('\0')) {
        result.chop(1);
    }
    return result;
}

// Writers do not agree on the byte order of UNICODE comments: by the block's, always big-endian (piexif),
// always little-endian (ImageSharp). Most prompts are mostly ASCII, so the zeros tell.
QByteArray unicodeComment(QByteArrayView text, bool bigEndian)
{
    qsizetype evenZeros = 0;
    qsizetype oddZeros = 0;
    for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
        evenZeros += text[i] == 0 && text[i + 1] != 0;
        oddZeros += text[i] != 0 && text[i + 1] == 0;
    }
    if (evenZeros != oddZeros) {
        bigEndian = evenZeros > oddZeros;
    }
    // A byte order mark overrules it: the decoder looks for one.
    if (const auto marked = QStringConverter::encodingForData(text)) {
        return decodedWith(QStringDecoder(*marked), text);
    }
    return decodedWith(QStringDecoder(bigEndian ? QStringConverter::Utf16BE : QStringConverter::Utf16LE),
                       text);
}

QByteArray userComment(QByteArrayView value, bool bigEndian)
{
    if (value.size() < kCharsetBytes) {
        return toUtf8(value);
    }
    const QByteArrayView charset = value.first(kCharsetBytes);
    const QByteArrayView text = value.sliced(kCharsetBytes);
    if (charset.startsWith("UNICODE")) {
        return unicodeComment(text, bigEndian);
    }
    if (charset.startsWith("JIS")) {
        QStringDecoder decoder("ISO-2022-JP"); // only where Qt was built with ICU
        return decoder.isValid() ? decodedWith(std::move(decoder), text) : toUtf8(text);
    }
    const bool isUndefined = charset == QByteArrayView("\0\0\0\0\0\0\0\0", kCharsetBytes);
    return toUtf8(charset.startsWith("ASCII") || isUndefined ? text : value); // some leave the prefix out
}

bool isKeyCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '.';
}

// "workflow:{…}": ComfyUI puts the key before the text, some savers with a capital and a space. Prose with a
// colon in it is no key: what follows must be JSON.
void addAscii(const TiffReader::Field& field, TextCollector& texts)
{
    const QByteArrayView bytes = field.bytes;
    const qsizetype nul = bytes.indexOf('\0');
    const QByteArray text = toUtf8(nul < 0 ? bytes : bytes.first(nul));
    const QString name = nameOf(field.tag);
    const QString place = QStringLiteral("EXIF ") + name;
    const qsizetype colon = text.indexOf(':');
    if (colon > 0 && colon <= kMaxKey && std::all_of(text.begin(), text.begin() + colon, isKeyCharacter)) {
        const QByteArray rest = text.sliced(colon + 1).trimmed();
        if (rest.startsWith('{') || rest.startsWith('[') || rest.startsWith('"')) {
            texts.add(QString::fromLatin1(text.first(colon)).toLower(), rest, place);
            return;
        }
    }
    if (!text.isEmpty()) {
        texts.add(name, text, place);
    }
}

void addField(const TiffReader::Field& field, bool bigEndian, TextCollector& texts)
{
    if (field.bytes.isEmpty()) {
        return;
    }
    if (field.tag == kUserComment
        && (field.type == TiffReader::Undefined || field.type == TiffReader::Ascii)) {
        const QByteArray text = userComment(field.bytes, bigEndian);
        if (!text.trimmed().isEmpty()) {
            texts.add(QStringLiteral("UserComment"), text, QStringLiteral("EXIF UserComment"));
        }
    } else if (isWideXp(field.tag) && field.type == TiffReader::Byte) {
        const QString name = nameOf(field.tag);
        texts.add(name, decodedWith(QStringDecoder(QStringConverter::Utf16LE), field.bytes),
                  QStringLiteral("EXIF ") + name);
    } else if (field.type == TiffReader::Ascii) {
        addAscii(field, texts);
    }
}

// The fields of one directory; gives where the directory of EXIF stands, if it names one. Fields that lie
// over each other would make one block cost as much as many: no more than `bytesLeft` are looked at.
std::optional<quint32> addDirectory(const TiffReader& reader, quint32 directory, qint64& bytesLeft,
                                    TextCollector& texts)
{
    std::optional<quint32> exif;
    const QList<TiffReader::Field> fields = reader.fields(directory);
    for (const TiffReader::Field& field : fields) {
        if (field.tag == kExifDirectory) {
            exif = reader.number(field);
        } else if (field.bytes.size() <= bytesLeft) {
            bytesLeft -= field.bytes.size();
            addField(field, reader.isBigEndian(), texts);
        }
    }
    return exif;
}

} // namespace

TextList exifTexts(QByteArrayView block)
{
    if (block.startsWith(QByteArrayView("Exif\0\0", 6))) {
        block = block.sliced(6);
    }
    const TiffReader reader(block);
    TextCollector texts;
    qint64 bytesLeft = block.size();
    const std::optional<quint32> first = reader.isValid() ? reader.firstDirectory() : std::nullopt;
    if (first) {
        const std::optional<quint32> exif = addDirectory(reader, *first, bytesLeft, texts);
        if (exif && exif != first) {
            addDirectory(reader, *exif, bytesLeft, texts); // a third one it may name is not followed
        }
    }
    return texts.take();
}

TextList exifItemTexts(QByteArrayView item)
{
    if (TiffReader(item).isValid()) {
        return exifTexts(item); // some writers leave the four bytes out
    }
    ByteCursor cursor(item);
    const qsizetype start = qsizetype(cursor.u32()) + 4;
    return start < item.size() ? exifTexts(item.sliced(start)) : TextList();
}

} // namespace gesso
