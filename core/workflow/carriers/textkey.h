// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace gesso {

// A tag's name as EmbeddedText::key wants it: "PROMPT", as Matroska's and Vorbis' customs have it, becomes
// "prompt", and so do the other names that the reader looks for; any other name stays as it is. Empty for
// one of more than a kilobyte, which is no name.
QString textKey(QByteArrayView name);

} // namespace gesso
