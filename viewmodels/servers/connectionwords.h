// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/comfy/connectionstatus.h"

#include <QString>

namespace gesso {

// How a connection's state is told (pure). Plain text, never markup.

// For a badge, a word or two: "reconnecting in 8 s", "busy". Empty when connected and well.
QString shortWords(const ConnectionStatus& status);

// In full, with the reason and the way out, one sentence a line. Empty when connected and well.
QString fullWords(const ConnectionStatus& status);

// Whether the words change by themselves, as they name seconds.
bool countsSeconds(const ConnectionStatus& status);

} // namespace gesso
