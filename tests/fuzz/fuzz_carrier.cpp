// SPDX-License-Identifier: GPL-3.0-or-later
// One carrier of texts; GESSO_CARRIER_HEADER and GESSO_CARRIER_READER say which.
#include "core/workflow/carriers/bytesource.h"
#include "tests/fuzz/fuzztarget.h"
#include GESSO_CARRIER_HEADER

#include <QBuffer>

using namespace gesso;

namespace {

[[maybe_unused]] TextList textsOf(const QByteArray& bytes, TextList (*reader)(ByteSource& file))
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    ByteSource source(buffer);
    return reader(source);
}

// For what stands inside other carriers and is read from memory.
[[maybe_unused]] TextList textsOf(const QByteArray& bytes, TextList (*reader)(QByteArrayView block))
{
    return reader(bytes);
}

} // namespace

void fuzz(const QByteArray& bytes)
{
    const TextList texts = textsOf(bytes, GESSO_CARRIER_READER);
    qint64 total = 0;
    for (const EmbeddedText& text : texts) {
        fuzzing::require(!text.key.isEmpty());
        total += text.text.size();
    }
    fuzzing::require(texts.size() <= kMaxTexts && total <= kMaxTextBytes);
}
