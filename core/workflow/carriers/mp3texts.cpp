// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/mp3texts.h"

#include "core/workflow/carriers/id3frames.h"
#include "core/workflow/carriers/tagstream.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/textkey.h"

#include <QBuffer>
#include <QStringConverter>

#include <mpegheader.h>
#include <tfile.h>

namespace gesso {
namespace {

enum class Encoding : uchar { Latin1 = 0, Utf16 = 1, Utf16Be = 2, Utf8 = 3 };

// Gives TagLib's reader of MPEG frames a file to look at.
class MpegProbe final : public TagLib::File
{
public:
    explicit MpegProbe(TagStream& stream)
        : TagLib::File(&stream)
    {
    }

    TagLib::Tag* tag() const override { return nullptr; }
    TagLib::AudioProperties* audioProperties() const override { return nullptr; }
    bool save() override { return false; }
};

bool isWide(Encoding encoding)
{
    return encoding == Encoding::Utf16 || encoding == Encoding::Utf16Be;
}

// Where the terminator stands, or the end.
qsizetype terminatorOf(QByteArrayView text, Encoding encoding)
{
    if (!isWide(encoding)) {
        const qsizetype nul = text.indexOf('\0');
        return nul < 0 ? text.size() : nul;
    }
    for (qsizetype at = 0; at + 1 < text.size(); at += 2) {
        if (text[at] == 0 && text[at + 1] == 0) {
            return at;
        }
    }
    return text.size();
}

// Of what is declared only UTF-16 is believed: what is called Latin-1 is often UTF-8, and the other way
// round.
QByteArray decoded(QByteArrayView text, Encoding encoding)
{
    if (!isWide(encoding)) {
        return toUtf8(text);
    }
    const auto mark = QStringConverter::encodingForData(text);
    QStringDecoder decoder(
        mark.value_or(encoding == Encoding::Utf16Be ? QStringConverter::Utf16BE : QStringConverter::Utf16LE));
    const QString result = decoder(text);
    return result.toUtf8();
}

// Encoding, for comments a language, description, terminator, text, perhaps another terminator.
void addText(const Id3Frame& frame, TextCollector& texts)
{
    const bool isComment = frame.id.startsWith("COM");
    const qsizetype start = isComment ? 4 : 1;
    if (frame.body.size() < start || uchar(frame.body[0]) > uchar(Encoding::Utf8)) {
        return;
    }
    const Encoding encoding{uchar(frame.body[0])};
    const QByteArrayView rest = QByteArrayView(frame.body).sliced(start);
    const qsizetype end = terminatorOf(rest, encoding);
    const QByteArrayView description = rest.first(end);
    const QByteArrayView value = rest.sliced(std::min(rest.size(), end + (isWide(encoding) ? 2 : 1)));
    const QByteArrayView text = value.first(terminatorOf(value, encoding));
    const QString key = textKey(decoded(description, encoding));
    texts.add(key.isEmpty() && isComment ? QStringLiteral("comment") : key, decoded(text, encoding),
              isComment ? QStringLiteral("ID3 comment") : QStringLiteral("ID3 user text"));
}

} // namespace

bool isMp3(QByteArrayView head)
{
    if (head.startsWith("ID3")) {
        return true;
    }
    QByteArray bytes = head.toByteArray();
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    ByteSource source(buffer);
    TagStream stream(source, bytes.size());
    MpegProbe probe(stream);
    return TagLib::MPEG::Header(&probe, 0, true).isValid();
}

TextList mp3Texts(ByteSource& file)
{
    TextCollector texts;
    for (Id3Frames frames(file); const std::optional<Id3Frame> frame = frames.next();) {
        addText(*frame, texts);
    }
    return texts.take();
}

} // namespace gesso
