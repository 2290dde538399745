// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

#include <optional>

namespace gesso {

// Qt makes some values of a settings file from raw bytes ("@Variant(", "@DateTime("): a few wrong ones ask
// for gigabytes as soon as the file is opened. Gesso writes none, so a file that holds one was damaged or
// tampered with.
bool holdsUnsafeSettings(const QString& file);

// Renames such a file to FILE.damaged before anybody reads it, and says so; nullopt: it is fine. For the
// window, which writes settings; who only looks at them leaves the file where it is.
std::optional<Error> setAsideUnsafeSettings(const QString& file);

} // namespace gesso
