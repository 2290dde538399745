// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/workflow/parameters/generationparameters.h"

#include <QStringList>

namespace gesso {

constexpr qsizetype kMaxParameterBytes = 1024 * 1024;
constexpr qsizetype kMaxParameterValues = 512;

// The text of this key, nullptr if there is none of a size that is read. Case does not count.
const EmbeddedText* parameterText(const TextList& texts, QLatin1String key);

// The object that the text is; nullopt if it is none.
std::optional<Json> parameterObject(const EmbeddedText* text);

void addValue(const QString& name, const QString& value, GenerationParameters& parameters);

// Each member but those in `except`: texts as they are, numbers to their last digit, objects with a name by
// that name, anything else as JSON; null and "" are left out.
void addMembers(const Json& object, const QStringList& except, GenerationParameters& parameters);

} // namespace gesso
