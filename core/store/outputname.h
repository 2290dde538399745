// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once

#include "core/base/seed.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace gesso {

// Pure functions from names of strangers to file names that are safe on every system.

// What a name pattern's tokens stand for.
struct OutputNameValues {
    QString title; // {title}: the workflow's
    std::optional<Seed> seed; // {seed}: empty if there is none
    QDateTime time; // {date} yyyy-MM-dd and {time} HH-mm-ss, in the zone given
    int index = 1; // {index}: number of the file within its run, from 1
    QString node; // {node}: id of the node that put it out
};

// One path component: no separators of either system, drive letters, control or direction-changing
// characters, Windows device names, leading dots, trailing dots or spaces; at most maxFileNameBytes of UTF-8,
// the suffix kept. Of a path only the last component is used. Never empty.
QString safeFileName(const QString& name);
inline constexpr int maxFileNameBytes = 200; // leaves room for " (2)" under the usual limit of 255

// The name for a file the server calls `serverName`. An empty pattern keeps that name; else the tokens above
// and {name} (the server's name without suffix) are replaced, the server's suffix is appended, and anything
// that would leave the folder becomes '_'. Unknown tokens stay as they are.
QString outputFileName(const QString& pattern, const QString& serverName, const OutputNameValues& values);

// "a.png", 2 → "a (2).png"; 1 leaves the name.
QString numberedFileName(const QString& fileName, int number);

} // namespace gesso
