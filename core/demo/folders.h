// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>

namespace gesso::demo {

// The server's three file trees, under names and meanings of ComfyUI.
struct Folders {
    QString input;
    QString output;
    QString temp;

    static Result<Folders> create(const QString& root);

    // By the "type" of requests and results; nullopt for any other word.
    std::optional<QString> byType(const QString& type) const;
};

// The path of subfolder/name under base, or nullopt if it is not strictly inside (.., absolute, links that
// lead out, NUL, separators of other systems). The file need not exist.
std::optional<QString> pathInside(const QString& base, const QString& subfolder, const QString& name);

// "sub/name.png [output]", as widgets of LoadImage hold it: the annotation chooses the tree, default input.
std::optional<QString> annotatedPath(const Folders& folders, const QString& annotated);

} // namespace gesso::demo
