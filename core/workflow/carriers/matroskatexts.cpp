// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/matroskatexts.h"

#include "core/workflow/carriers/ebmlelement.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/textkey.h"

#include <QSet>

#include <utility>

namespace gesso {
namespace {

constexpr quint32 kEbml = 0x1A45DFA3;
constexpr quint32 kSegment = 0x18538067;
constexpr quint32 kSeekHead = 0x114D9B74;
constexpr quint32 kSeek = 0x4DBB;
constexpr quint32 kSeekId = 0x53AB;
constexpr quint32 kSeekPosition = 0x53AC;
constexpr quint32 kCluster = 0x1F43B675;
constexpr quint32 kTags = 0x1254C367;
constexpr quint32 kTag = 0x7373;
constexpr quint32 kSimpleTag = 0x67C8;
constexpr quint32 kTagName = 0x45A3;
constexpr quint32 kTagString = 0x4487;

constexpr int kMaxElements = 500'000; // hours of film without sizes; a hostile file could have more
constexpr int kMaxTagDepth = 8;
constexpr int kMaxSeeks = 8; // entries for tags in the table of contents; files have one

// The ids of four bytes belong to the file's and the segment's own children.
bool isTopLevel(quint32 id)
{
    return id > 0xFF'FFFF;
}

class MatroskaReader
{
public:
    explicit MatroskaReader(ByteSource& file)
        : m_file(file)
    {
    }

    TextList read()
    {
        qint64 at = 0;
        while (const auto element = next(at, m_file.size())) {
            at = element->id == kSegment ? readSegment(*element) : element->end;
        }
        return m_texts.take();
    }

private:
    std::optional<EbmlElement> next(qint64 at, qint64 end)
    {
        if (m_elementsLeft == 0 || m_texts.isFull()) {
            return std::nullopt;
        }
        --m_elementsLeft;
        return ebmlElementAt(m_file, at, end);
    }

    // Returns where the next segment can start.
    qint64 readSegment(const EbmlElement& segment)
    {
        m_tagPlaces.clear();
        m_readPlaces.clear();
        qint64 at = segment.begin;
        while (const auto element = next(at, segment.end)) {
            if (element->id == kEbml || element->id == kSegment) { // the end of a segment without a size
                return at;
            }
            if (element->id == kCluster && readTagsAhead(segment)) {
                return segment.end;
            }
            readChild(*element, at, segment);
            at = element->hasSize ? element->end : afterUnsized(*element);
        }
        readTagsAhead(segment); // what is broken on the way does not hide them
        return segment.end;
    }

    void readChild(const EbmlElement& element, qint64 at, const EbmlElement& segment)
    {
        if (element.id == kTags && !m_readPlaces.contains(at)) {
            m_readPlaces.insert(at);
            readTags(element);
        } else if (element.id == kSeekHead) {
            readSeekHead(element, segment);
        }
    }

    // Where the segment's next child starts: an element without a size has no children of that level.
    qint64 afterUnsized(const EbmlElement& parent)
    {
        qint64 at = parent.begin;
        while (const auto element = next(at, parent.end)) {
            if (isTopLevel(element->id)) {
                return at;
            }
            at = element->end;
        }
        return parent.end;
    }

    // The table of contents spares the walk over all the clusters. False if it names no tags.
    bool readTagsAhead(const EbmlElement& segment)
    {
        bool found = false;
        const QList<qint64> places = std::exchange(m_tagPlaces, {});
        for (const qint64 place : places) {
            const auto element = next(place, segment.end);
            if (element && element->id == kTags) {
                found = true;
                readChild(*element, place, segment);
            }
        }
        return found;
    }

    void readSeekHead(const EbmlElement& seekHead, const EbmlElement& segment)
    {
        qint64 at = seekHead.begin;
        while (const auto element = next(at, seekHead.end)) {
            if (!seekHead.hasSize && isTopLevel(element->id)) {
                return;
            }
            if (element->id == kSeek) {
                readSeek(*element, segment);
            }
            at = element->end;
        }
    }

    void readSeek(const EbmlElement& seek, const EbmlElement& segment)
    {
        std::optional<quint64> id;
        std::optional<quint64> position;
        qint64 at = seek.begin;
        while (const auto element = next(at, seek.end)) {
            if (element->id == kSeekId) {
                id = ebmlNumber(m_file, *element);
            } else if (element->id == kSeekPosition) {
                position = ebmlNumber(m_file, *element);
            }
            at = element->end;
        }
        const quint64 size = quint64(segment.end - segment.begin);
        if (id == kTags && position && *position < size && m_tagPlaces.size() < kMaxSeeks) {
            m_tagPlaces.append(segment.begin + qint64(*position));
        }
    }

    void readTags(const EbmlElement& tags)
    {
        qint64 at = tags.begin;
        while (const auto element = next(at, tags.end)) {
            if (!tags.hasSize && isTopLevel(element->id)) {
                return;
            }
            if (element->id == kTag) {
                readTag(*element, kMaxTagDepth);
            }
            at = element->end;
        }
    }

    // A tag's or a simple tag's simple tags, which nest.
    void readTag(const EbmlElement& tag, int depthLeft)
    {
        QByteArray name;
        QByteArray text;
        qint64 at = tag.begin;
        while (const auto element = next(at, tag.end)) {
            if (element->id == kTagName) {
                name = contentOf(*element);
            } else if (element->id == kTagString) {
                text = contentOf(*element);
            } else if (element->id == kSimpleTag && depthLeft > 0) {
                readTag(*element, depthLeft - 1);
            }
            at = element->end;
        }
        if (!text.isEmpty()) {
            m_texts.add(textKey(name), toUtf8(text), QStringLiteral("Matroska tag"));
        }
    }

    QByteArray contentOf(const EbmlElement& element)
    {
        return element.isWhole ? m_file.read(element.begin, element.end - element.begin) : QByteArray();
    }

    ByteSource& m_file;
    TextCollector m_texts;
    int m_elementsLeft = kMaxElements;
    QList<qint64> m_tagPlaces; // of the segment, as its table of contents says
    QSet<qint64> m_readPlaces; // tags already read
};

} // namespace

bool isMatroska(QByteArrayView head)
{
    return head.startsWith("\x1A\x45\xDF\xA3");
}

TextList matroskaTexts(ByteSource& file)
{
    return MatroskaReader(file).read();
}

} // namespace gesso
