// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace gesso {

// One text that a file carries beside its picture, sound or film.
struct EmbeddedText {
    QString key; // "workflow", "prompt", "parameters" …; lower-case for these, else as it stands in the file
    QByteArray text; // UTF-8
    QString place; // where it stood, for `gesso inspect`: "tEXt", "EXIF UserComment", "XMP" …

    bool operator==(const EmbeddedText&) const = default;
};

// In file order. Keys may repeat: a file can carry two workflows.
using TextList = QList<EmbeddedText>;

// The bounds every carrier keeps: what goes beyond them is left out, the texts before it stay.
constexpr qint64 kMaxTextBytes = 64 * 1024 * 1024; // of all texts of a file together
constexpr int kMaxTexts = 256;

// Text of unknown encoding to UTF-8: a byte order mark decides, else bytes with NULs at every other place are
// UTF-16, else valid UTF-8 is UTF-8, and with a few bad bytes still is, else it is Latin-1 (the standards say
// Latin-1 or ASCII, tools write UTF-8). Trailing NULs are dropped.
QByteArray toUtf8(QByteArrayView text);

} // namespace gesso
