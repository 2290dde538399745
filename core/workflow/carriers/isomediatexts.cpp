// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/isomediatexts.h"

#include "core/workflow/carriers/heiftexts.h"
#include "core/workflow/carriers/isobox.h"
#include "core/workflow/carriers/textcollector.h"
#include "core/workflow/carriers/textkey.h"

#include <QStringConverter>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace gesso {
namespace {

constexpr int kMaxBoxes = 200'000; // of a film in very many fragments; a hostile file could have more
constexpr int kMaxKeys = 4096;

// What a film starts with: QuickTime's older ones have no "ftyp".
constexpr std::array<QByteArrayView, 4> kFirstBoxes = {"ftyp", "moov", "mdat", "wide"};

// The values of a "data" box (QuickTime's well-known types).
constexpr quint32 kUtf8 = 1;
constexpr quint32 kUtf16 = 2;

struct NamedType {
    QByteArrayView type;
    QByteArrayView key;
};

// Names of iTunes and QuickTime for what tools put a workflow into. ffmpeg writes "comment" and "description"
// here unless asked for "mdta" keys.
constexpr std::array<NamedType, 5> kTextTypes = {{{"\251cmt", "comment"},
                                                  {"\251des", "description"},
                                                  {"\251inf", "description"},
                                                  {"desc", "description"},
                                                  {"ldes", "description"}}};

template <std::size_t Size> bool contains(const std::array<QByteArrayView, Size>& words, QByteArrayView word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

QByteArray keyOfType(QByteArrayView type)
{
    const auto found = std::find_if(kTextTypes.begin(), kTextTypes.end(),
                                    [type](const NamedType& known) { return known.type == type; });
    return found == kTextTypes.end() ? QByteArray() : found->key.toByteArray();
}

QByteArray utf8OfUtf16(QByteArrayView text)
{
    QStringDecoder decoder(QStringConverter::Utf16BE);
    const QString decoded = decoder(text);
    return decoded.toUtf8();
}

class IsoMediaReader
{
public:
    explicit IsoMediaReader(ByteSource& file)
        : m_file(file)
    {
    }

    TextList read()
    {
        forEachBox(0, m_file.size(), [this](const IsoBox& box) {
            if (box.type == "moov") {
                readMovie(box);
            } else if (box.type == "meta") {
                readMeta(box);
            }
        });
        return m_texts.take();
    }

private:
    template <typename Visit> void forEachBox(qint64 begin, qint64 end, Visit visit)
    {
        while (m_boxesLeft > 0 && !m_texts.isFull()) {
            const std::optional<IsoBox> box = isoBoxAt(m_file, begin, end);
            if (!box) {
                return;
            }
            --m_boxesLeft;
            visit(*box);
            begin = box->end;
        }
    }

    QByteArray contentOf(const IsoBox& box)
    {
        return box.isWhole ? m_file.read(box.begin, box.end - box.begin) : QByteArray();
    }

    void readMovie(const IsoBox& movie)
    {
        forEachBox(movie.begin, movie.end, [this](const IsoBox& box) {
            if (box.type == "udta") {
                readUserData(box);
            } else if (box.type == "meta") {
                readMeta(box);
            }
        });
    }

    void readUserData(const IsoBox& userData)
    {
        forEachBox(userData.begin, userData.end, [this](const IsoBox& box) {
            if (box.type == "meta") {
                readMeta(box);
            } else if (const QByteArray key = keyOfType(box.type); !key.isEmpty()) {
                addQuickTimeTexts(key, contentOf(box));
            }
        });
    }

    // QuickTime's texts, one for each language: size, language, bytes. 3GP's "desc" is another thing and has
    // no such size.
    void addQuickTimeTexts(const QByteArray& key, QByteArrayView content)
    {
        while (content.size() >= 4) {
            const qsizetype size = qFromBigEndian<quint16>(content.data());
            if (size == 0 || size > content.size() - 4) {
                return;
            }
            m_texts.add(textKey(key), toUtf8(content.sliced(4, size)), QStringLiteral("QuickTime user data"));
            content = content.sliced(4 + size);
        }
    }

    // ISO's "meta" starts with a version, QuickTime's with its first box.
    void readMeta(const IsoBox& meta)
    {
        const bool isQuickTime = m_file.read(meta.begin + 4, 4) == "hdlr";
        const qint64 begin = isQuickTime ? meta.begin : meta.begin + 4;
        QList<QByteArray> keys;
        forEachBox(begin, meta.end, [this, &keys](const IsoBox& box) {
            if (box.type == "keys") {
                keys = readKeys(contentOf(box));
            } else if (box.type == "ilst") {
                readItems(box, keys);
            }
        });
    }

    // Version, count, then for each key its size, namespace and name.
    static QList<QByteArray> readKeys(const QByteArray& content)
    {
        QList<QByteArray> keys;
        qsizetype at = 8;
        while (content.size() - at >= 8 && keys.size() < kMaxKeys) {
            const qsizetype size = qsizetype(qFromBigEndian<quint32>(content.data() + at));
            if (size < 8 || size > content.size() - at) {
                break;
            }
            keys.append(content.mid(at + 8, size - 8));
            at += size;
        }
        return keys;
    }

    void readItems(const IsoBox& list, const QList<QByteArray>& keys)
    {
        forEachBox(list.begin, list.end, [this, &keys](const IsoBox& item) {
            if (item.type == "----") {
                readFreeForm(item);
                return;
            }
            const quint32 index = qFromBigEndian<quint32>(item.type.data()); // from 1, where there are keys
            const bool isKey = index >= 1 && index <= quint32(keys.size());
            const QByteArray key = isKey ? keys[qsizetype(index) - 1] : keyOfType(item.type);
            if (!key.isEmpty()) {
                readValues(item, key, isKey ? QStringLiteral("mdta key") : QStringLiteral("iTunes item"));
            }
        });
    }

    // iTunes' own names: "mean", "name", "data".
    void readFreeForm(const IsoBox& item)
    {
        QByteArray name;
        forEachBox(item.begin, item.end, [this, &name](const IsoBox& box) {
            if (box.type == "name") {
                name = contentOf(box).mid(4); // behind version and flags
            }
        });
        readValues(item, name, QStringLiteral("iTunes item"));
    }

    void readValues(const IsoBox& item, const QByteArray& key, const QString& place)
    {
        forEachBox(item.begin, item.end, [this, &key, &place](const IsoBox& box) {
            const QByteArray content = box.type == "data" ? contentOf(box) : QByteArray();
            if (content.size() < 8) { // type and language
                return;
            }
            const quint32 type = qFromBigEndian<quint32>(content.data()) & 0xff'ffff;
            const QByteArrayView value = QByteArrayView(content).sliced(8);
            if (type == kUtf8 || type == kUtf16) {
                m_texts.add(textKey(key), type == kUtf16 ? utf8OfUtf16(value) : toUtf8(value), place);
            }
        });
    }

    ByteSource& m_file;
    TextCollector m_texts;
    int m_boxesLeft = kMaxBoxes;
};

} // namespace

bool isIsoMedia(QByteArrayView head)
{
    if (head.size() < 12 || !contains(kFirstBoxes, head.sliced(4, 4))) {
        return false;
    }
    return !isHeif(head);
}

TextList isoMediaTexts(ByteSource& file)
{
    return IsoMediaReader(file).read();
}

} // namespace gesso
