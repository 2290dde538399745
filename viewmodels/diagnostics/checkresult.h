// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

#include <QList>
#include <QString>

namespace gesso {

enum class CheckState { Ok, Note, Problem }; // Note: works, but somebody may wonder

// One thing that was looked at.
struct CheckResult {
    QString id; // stable, kebab-case: "folder-output", "server-reached"
    QString topic; // "Folders", "Server" …
    QString title; // what was looked at
    CheckState state = CheckState::Ok;
    QString text; // what was found
    QString hint; // the way out of a problem

    bool operator==(const CheckResult&) const = default;
};

using CheckResults = QList<CheckResult>;

QString nameOf(CheckState state); // "ok", "note", "problem"
bool hasProblems(const CheckResults& results);
Json toJson(const CheckResult& result); // {"id","topic","title","state","text","hint"}

} // namespace gesso
