// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"
#include "core/workflow/diagnostic.h"
#include "core/workflow/explanation.h"

#include <QString>

namespace gesso::cli {

// Where a command speaks: results and JSON lines to stdout, words for people to stderr, all UTF-8. With JSON
// on, stdout carries nothing but lines {"v":1,"event":…}.
class Console
{
public:
    explicit Console(bool json);

    bool isJson() const { return m_json; }

    // A JSON line; nothing without --json. `members` is an object without "v" and "event".
    void event(const char* name, Json members) const;

    void print(const QByteArray& text) const; // to stdout, as it is
    void say(const QString& line); // to stderr, for people; nothing with --json
    void report(const Error& error, const QString& run = {}); // both forms
    void report(const Diagnostic& finding); // both forms
    void report(const Explanation& explanation); // both forms
    void progress(const QString& line); // redraws one line on a terminal; nothing elsewhere
    void endProgress();

private:
    void writeError(const QByteArray& line);

    bool m_json = false;
    bool m_terminal = false; // stderr is one: progress bars may be drawn
    bool m_progressShown = false;
};

} // namespace gesso::cli
