// SPDX-License-Identifier: LGPL-3.0-or-later
#include "core/workflow/carriers/glbtexts.h"

#include "core/base/json.h"
#include "core/workflow/carriers/textcollector.h"

#include <QtEndian>

namespace gesso {
namespace {

constexpr qint64 kHeaderBytes = 12; // "glTF", version, length
constexpr qint64 kChunkHeaderBytes = 8; // length, type; the first chunk is the JSON

} // namespace

bool isGlb(QByteArrayView head)
{
    return head.size() >= kHeaderBytes && head.startsWith("glTF")
        && qFromLittleEndian<quint32>(head.data() + 4) == 2;
}

TextList glbTexts(ByteSource& file)
{
    const QByteArray header = file.read(kHeaderBytes, kChunkHeaderBytes);
    if (!header.endsWith("JSON")) {
        return {};
    }
    const qint64 length = qFromLittleEndian<quint32>(header.data());
    const Result<Json> scene = parseJson(file.read(kHeaderBytes + kChunkHeaderBytes, length));
    const Json* asset = scene ? member(*scene, "asset") : nullptr;
    const Json* extras = asset ? member(*asset, "extras") : nullptr;
    TextCollector texts;
    if (extras && extras->is_object()) {
        for (const auto& [key, value] : extras->items()) {
            texts.add(QString::fromStdString(key),
                      value.is_string() ? toQString(value).toUtf8() : writeJson(value),
                      QStringLiteral("asset.extras"));
        }
    }
    return texts.take();
}

} // namespace gesso
