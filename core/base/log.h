// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include <QString>

namespace gesso::log {

// The whole list of categories; a line names its own.
enum class Category { App, Net, Comfy, Workflow, Run, Store, Demo, View };
enum class Level { Debug, Info, Warning, Error };

// Starts the rotating log file (5 × 2 MiB) in `folder`; an empty folder logs to stderr only.
// Call once, from main. Before that, warnings and errors go to stderr.
void start(const QString& folder, Level stderrLevel = Level::Warning);

// Thread-safe. Untranslated text, written as one line: control characters are replaced, and what looks like a
// secret too (secrets.h). That is a net: tokens, keys and prompt texts must be passed through redact() first.
void write(Category category, Level level, const QString& text);

inline void debug(Category category, const QString& text)
{
    write(category, Level::Debug, text);
}
inline void info(Category category, const QString& text)
{
    write(category, Level::Info, text);
}
inline void warning(Category category, const QString& text)
{
    write(category, Level::Warning, text);
}
inline void error(Category category, const QString& text)
{
    write(category, Level::Error, text);
}

// "<18 characters>": says that something was there and how long, never what.
QString redact(const QString& secret);

} // namespace gesso::log
