// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/workflow/carriers/bytesource.h"

#include <optional>

namespace gesso {

// One element of EBML, the format under Matroska and WebM.
struct EbmlElement {
    quint32 id = 0; // with its length marker, as Matroska's documents name it: 0x1A45DFA3
    qint64 begin = 0; // of its content
    qint64 end = 0; // behind its content, never beyond the parent's end
    bool isWhole = true; // false if it claims more than its parent has
    bool hasSize =
        true; // false for one that is written while it grows: it ends where its parent's next one starts
};

// The element at `at` of a parent that ends at `end`; nullopt if none stands there. The content of an element
// without a size reaches to the parent's end.
std::optional<EbmlElement> ebmlElementAt(ByteSource& file, qint64 at, qint64 end);

// Unsigned integer of at most eight bytes; nullopt if it is larger or not all there.
std::optional<quint64> ebmlNumber(ByteSource& file, const EbmlElement& element);

} // namespace gesso
