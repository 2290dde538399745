// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/workflow/carriers/carrierbytes.h"

#include <QList>

#include <optional>

namespace gesso::carrierbytes {

// A Vorbis comment block that announces `count` comments, or as many as it has.
inline QByteArray vorbisBlock(const QList<QByteArray>& comments, std::optional<quint32> count = std::nullopt)
{
    QByteArray block = little32(5) + "maker" + little32(count.value_or(quint32(comments.size())));
    for (const QByteArray& comment : comments) {
        block += little32(quint32(comment.size())) + comment;
    }
    return block;
}

} // namespace gesso::carrierbytes
