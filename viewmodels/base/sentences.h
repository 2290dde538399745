// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace gesso {

// One text of several messages: each ends in a full stop, as a node's own words may end in nothing; empty
// ones and repetitions are left out.
QString joinedSentences(const QStringList& parts);

} // namespace gesso
