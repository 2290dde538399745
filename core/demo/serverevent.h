// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QString>

namespace gesso::demo {

// Something a job tells the sockets.
struct TextEvent {
    QString type;
    Json data;
};

struct PreviewEvent {
    QString nodeId;
    QString promptId;
    QByteArray jpeg;
};

QByteArray textFrame(const TextEvent& event);
QByteArray legacyPreviewFrame(const PreviewEvent& event); // binary event 1
QByteArray metadataPreviewFrame(const PreviewEvent& event); // binary event 4

qint64 nowMs(); // of "timestamp" and "create_time"

} // namespace gesso::demo
