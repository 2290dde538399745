// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/serverevent.h"

#include <QDateTime>
#include <QtEndian>

namespace gesso::demo {

namespace {

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray textFrame(const TextEvent& event)
{
    return writeJson(Json{{"type", toJson(event.type)}, {"data", event.data}});
}

QByteArray legacyPreviewFrame(const PreviewEvent& event)
{
    return bigEndian(1) + bigEndian(1) + event.jpeg;
}

QByteArray metadataPreviewFrame(const PreviewEvent& event)
{
    const Json id = toJson(event.nodeId);
    const QByteArray metadata = writeJson(Json{{"node_id", id},
                                               {"prompt_id", toJson(event.promptId)},
                                               {"display_node_id", id},
                                               {"parent_node_id", nullptr},
                                               {"real_node_id", id},
                                               {"image_type", "image/jpeg"}});
    return bigEndian(4) + bigEndian(static_cast<quint32>(metadata.size())) + metadata + event.jpeg;
}

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

} // namespace gesso::demo
