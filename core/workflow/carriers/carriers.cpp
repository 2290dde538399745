// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/carriers.h"

#include "core/base/json.h"
#include "core/workflow/carriers/cutfile.h"
#include "core/workflow/carriers/flactexts.h"
#include "core/workflow/carriers/glbtexts.h"
#include "core/workflow/carriers/heiftexts.h"
#include "core/workflow/carriers/isomediatexts.h"
#include "core/workflow/carriers/jpegtexts.h"
#include "core/workflow/carriers/jxltexts.h"
#include "core/workflow/carriers/matroskatexts.h"
#include "core/workflow/carriers/mp3texts.h"
#include "core/workflow/carriers/oggtexts.h"
#include "core/workflow/carriers/pngtexts.h"
#include "core/workflow/carriers/svgtexts.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/webptexts.h"

#include <array>

namespace gesso {
namespace {

constexpr qint64 kHeadBytes = 4096;

struct Carrier {
    const char* name;
    bool (*matches)(QByteArrayView head);
    TextList (*texts)(ByteSource& file);
    bool (*isCut)(ByteSource& file) = nullptr; // of the formats that tell
};

// The first that matches reads the file: pictures in MP4's boxes before MP4, FLAC with a tag of MP3 before
// MP3.
constexpr std::array kCarriers{
    Carrier{"png", isPng, pngTexts, isCutPng},
    Carrier{"webp", isWebp, webpTexts, isCutRiff},
    Carrier{"jpeg", isJpeg, jpegTexts},
    Carrier{"avif", isAvif, heifTexts, isCutBoxes},
    Carrier{"heif", isHeif, heifTexts, isCutBoxes},
    Carrier{"jxl", isJxl, jxlTexts},
    Carrier{"mp4", isIsoMedia, isoMediaTexts, isCutBoxes},
    Carrier{"matroska", isMatroska, matroskaTexts},
    Carrier{"flac", isFlac, flacTexts},
    Carrier{"ogg", isOgg, oggTexts},
    Carrier{"mp3", isMp3, mp3Texts},
    Carrier{"glb", isGlb, glbTexts, isCutGlb},
    Carrier{"svg", isSvg, svgTexts},
};

// A member that holds a workflow: as an object, or as a text with one inside.
QByteArray innerText(const Json& object, const char* key)
{
    const Json* inner = member(object, key);
    if (!inner) {
        return {};
    }
    if (inner->is_object()) {
        return writeJson(*inner);
    }
    const QByteArray text = toQString(*inner).toUtf8();
    return text.trimmed().startsWith('{') ? text : QByteArray();
}

// Some savers put one object with everything into a comment.
void addInnerTexts(const EmbeddedText& outer, TextCollector& texts)
{
    const bool isItself = outer.key == u"workflow" || outer.key == u"prompt";
    if (isItself || !outer.text.trimmed().startsWith('{')) {
        return;
    }
    if (!outer.text.contains("\"workflow\"") && !outer.text.contains("\"prompt\"")) {
        return;
    }
    const Result<Json> object = parseJson(outer.text);
    if (!object) {
        return;
    }
    for (const char* key : {"prompt", "workflow"}) {
        const QByteArray text = innerText(*object, key);
        if (!text.isEmpty()) {
            texts.add(QString::fromLatin1(key), text, outer.place);
        }
    }
}

TextList takenApart(const TextList& found)
{
    TextCollector texts;
    for (const EmbeddedText& text : found) {
        texts.add(text.key, text.text, text.place);
        addInnerTexts(text, texts);
    }
    return texts.take();
}

} // namespace

std::optional<EmbeddedTexts> carriedTexts(ByteSource& file)
{
    const QByteArray head = file.readUpTo(0, kHeadBytes);
    for (const Carrier& carrier : kCarriers) {
        if (carrier.matches(head)) {
            return EmbeddedTexts{QString::fromLatin1(carrier.name), takenApart(carrier.texts(file)),
                                 carrier.isCut && carrier.isCut(file)};
        }
    }
    return std::nullopt;
}

} // namespace gesso
