// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/workflow/nodecatalog.h"

#include <QStringList>

namespace gesso::testkit {

// How equal two prompts are; each kind is looser than the one before. The same views as compare.py of the
// recorded data; key order and _meta never count.
enum class PromptEquality {
    Exact, // integers and floats by numeric value
    NumbersAsDoubles, // after what JSON.parse of a browser does to big integers
    ServerView, // what the server looks at: declared inputs of known classes
    UpToIds, // the same graph with other node ids
    Different,
};

PromptEquality comparePrompts(const Json& expected, const Json& actual, const NodeCatalog& catalog);

// One line per difference, for a person.
QStringList promptDifferences(const Json& expected, const Json& actual);

} // namespace gesso::testkit
