// SPDX-License-Identifier: LGPL-3.0-or-later
// Heavy, stable headers that nearly every translation unit of the core reads. Precompiling them
// halves the build time; no source may rely on it: each file includes what it uses.
#pragma once
#include <QtCore/QtCore>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>
