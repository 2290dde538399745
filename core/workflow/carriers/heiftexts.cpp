// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/heiftexts.h"

#include "core/workflow/carriers/bytecursor.h"
#include "core/workflow/carriers/exiftexts.h"
#include "core/workflow/carriers/isobox.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/xmptexts.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <utility>

namespace gesso {
namespace {

constexpr int kMaxBoxes = 10'000;
constexpr quint32 kMaxItems = 4096;
constexpr quint32 kMaxExtents = 256; // parts of one item
constexpr std::array<QByteArrayView, 9> kBrands = {"avif", "avis", "heic", "heix", "hevc",
                                                   "heim", "heis", "mif1", "msf1"};

enum class ItemKind { Exif, Xmp };

// Where the parts of an item stand: in the file, or in the "idat" box.
struct Extents {
    bool inIdat = false;
    QList<std::pair<qint64, qint64>> parts; // offset, length
};

// iinf: which items are texts. An entry ("infe") has version, flags, id, protection, type, name, content
// type.
std::optional<std::pair<quint32, ItemKind>> textItem(QByteArrayView entry)
{
    ByteCursor cursor(entry);
    const quint32 version = cursor.u8();
    cursor.take(3);
    const quint32 id = version == 3 ? cursor.u32() : cursor.u16();
    cursor.u16();
    const QByteArrayView type = cursor.take(4);
    if (version < 2 || !cursor.isValid()) {
        return std::nullopt;
    }
    if (type == "Exif") {
        return std::pair(id, ItemKind::Exif);
    }
    cursor.takeText();
    if (type == "mime" && cursor.takeText() == "application/rdf+xml") {
        return std::pair(id, ItemKind::Xmp);
    }
    return std::nullopt;
}

// iloc: where the items stand. The sizes of its numbers stand in front; versions 1 and 2 add a way to find
// them.
QHash<quint32, Extents> readLocations(QByteArrayView content)
{
    ByteCursor cursor(content);
    const quint32 version = cursor.u8();
    cursor.take(3);
    const quint32 sizes = cursor.u16();
    const int offsetBytes = int(sizes >> 12);
    const int lengthBytes = int(sizes >> 8 & 15);
    const int baseBytes = int(sizes >> 4 & 15);
    const int indexBytes = version == 0 ? 0 : int(sizes & 15);
    QHash<quint32, Extents> items;
    if (version > 2 || std::max({offsetBytes, lengthBytes, baseBytes, indexBytes}) > 8) {
        return items;
    }
    const quint32 count = std::min(version < 2 ? cursor.u16() : cursor.u32(), kMaxItems);
    for (quint32 i = 0; i < count && cursor.isValid(); ++i) {
        const quint32 id = version < 2 ? cursor.u16() : cursor.u32();
        const quint32 method = version == 0 ? 0 : cursor.u16() & 15;
        const quint32 otherFile = cursor.u16();
        const quint64 base = cursor.number(baseBytes);
        const quint32 parts = cursor.u16();
        Extents extents;
        extents.inIdat = method == 1;
        for (quint32 part = 0; part < parts && cursor.isValid(); ++part) {
            cursor.number(indexBytes);
            const quint64 offset = base + cursor.number(offsetBytes);
            const quint64 length = cursor.number(lengthBytes);
            if (part < kMaxExtents) {
                extents.parts.append({qint64(offset), qint64(length)});
            }
        }
        if (cursor.isValid() && otherFile == 0 && method <= 1) {
            items.insert(id, extents);
        }
    }
    return items;
}

QByteArrayView majorBrand(QByteArrayView head)
{
    return head.size() >= 12 && head.sliced(4, 4) == "ftyp" ? head.sliced(8, 4) : QByteArrayView();
}

class HeifReader
{
public:
    explicit HeifReader(ByteSource& file)
        : m_file(file)
        , m_bytesLeft(std::min(file.size(), kMaxTextBytes))
    {
    }

    TextList read()
    {
        forEachBox(0, m_file.size(), [this](const IsoBox& box) {
            if (box.type == "meta") {
                readMeta(box);
            }
        });
        for (const auto& [id, kind] : std::as_const(m_items)) {
            const QByteArray content = contentOf(m_locations.value(id));
            m_texts.add(kind == ItemKind::Exif ? exifItemTexts(content) : xmpTexts(content));
        }
        return m_texts.take();
    }

private:
    template <typename Visit> void forEachBox(qint64 begin, qint64 end, Visit visit)
    {
        while (m_boxesLeft-- > 0) {
            const std::optional<IsoBox> box = isoBoxAt(m_file, begin, end);
            if (!box || !box->isWhole) {
                return;
            }
            visit(*box);
            begin = box->end;
        }
    }

    void readMeta(const IsoBox& meta)
    {
        forEachBox(meta.begin + 4, meta.end, [this](const IsoBox& box) { // after version and flags
            if (box.type == "iinf") {
                readItems(box);
            } else if (box.type == "iloc") {
                m_locations = readLocations(contentOf(box));
            } else if (box.type == "idat") {
                m_idat = box;
            }
        });
    }

    void readItems(const IsoBox& list)
    {
        const bool isShort =
            m_file.read(list.begin, 1) == QByteArrayView("\0", 1); // version 0: a count of 16 bits
        forEachBox(list.begin + (isShort ? 6 : 8), list.end, [this](const IsoBox& box) {
            const auto item = box.type == "infe" ? textItem(contentOf(box)) : std::nullopt;
            if (item && m_items.size() < kMaxTexts) {
                m_items.append(*item);
            }
        });
    }

    QByteArray contentOf(const IsoBox& box) { return m_file.read(box.begin, box.end - box.begin); }

    QByteArray contentOf(const Extents& extents)
    {
        const qint64 start = extents.inIdat ? m_idat.begin : 0;
        const qint64 end = extents.inIdat ? m_idat.end : m_file.size();
        QByteArray content;
        for (const auto& [offset, length] : extents.parts) {
            const bool isInside =
                offset >= 0 && length >= 0 && offset <= end - start && length <= end - start - offset;
            if (!isInside || length > m_bytesLeft) {
                return {};
            }
            m_bytesLeft -= length; // items that lie over each other cost no more than the file
            content += m_file.read(start + offset, length);
        }
        return content;
    }

    ByteSource& m_file;
    TextCollector m_texts;
    QList<std::pair<quint32, ItemKind>> m_items;
    QHash<quint32, Extents> m_locations;
    IsoBox m_idat;
    qint64 m_bytesLeft; // of items
    int m_boxesLeft = kMaxBoxes;
};

} // namespace

bool isAvif(QByteArrayView head)
{
    const QByteArrayView brand = majorBrand(head);
    return brand == "avif" || brand == "avis";
}

bool isHeif(QByteArrayView head)
{
    return std::find(kBrands.begin(), kBrands.end(), majorBrand(head)) != kBrands.end();
}

TextList heifTexts(ByteSource& file)
{
    return HeifReader(file).read();
}

} // namespace gesso
