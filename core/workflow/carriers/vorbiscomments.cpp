// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/vorbiscomments.h"

#include "core/workflow/carriers/textkey.h"

#include <QtEndian>

#include <optional>

namespace gesso {
namespace {

// The counted bytes at the front of `rest`, which is moved behind them.
std::optional<QByteArrayView> takeCounted(QByteArrayView& rest)
{
    if (rest.size() < 4) {
        return std::nullopt;
    }
    const qsizetype length = qsizetype(qFromLittleEndian<quint32>(rest.data()));
    rest = rest.sliced(4);
    if (length > rest.size()) {
        return std::nullopt;
    }
    const QByteArrayView taken = rest.first(length);
    rest = rest.sliced(length);
    return taken;
}

} // namespace

void addVorbisComments(QByteArrayView block, TextCollector& texts)
{
    QByteArrayView rest = block;
    if (!takeCounted(rest) || rest.size() < 4) { // the vendor
        return;
    }
    quint32 count = qFromLittleEndian<quint32>(rest.data());
    rest = rest.sliced(4);
    for (; count > 0 && !texts.isFull(); --count) {
        const std::optional<QByteArrayView> comment = takeCounted(rest);
        if (!comment) {
            return;
        }
        const qsizetype equals = comment->indexOf('=');
        if (equals > 0) {
            texts.add(textKey(comment->first(equals)), toUtf8(comment->sliced(equals + 1)),
                      QStringLiteral("Vorbis comment"));
        }
    }
}

} // namespace gesso
